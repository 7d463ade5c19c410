import type { AccountId, PersonId } from '../domain/ids.ts';
import { type Notifications, notificationKinds } from '../domain/notification.ts';
import type { TenantTransaction } from './tenant.ts';

interface Choice {
  accountId: AccountId;
  personId: PersonId;
  notifications: Notifications;
}

/** Keeps what a member wants to be told. Hold the account's people first (`holdPeople`): the member must still be one. */
export async function chooseNotifications(tx: TenantTransaction, { accountId, personId, notifications }: Choice): Promise<void> {
  const choices = notificationKinds.map((kind) => ({ agency_id: accountId, person_id: personId, kind, wanted: notifications[kind] }));
  await tx
    .insertInto('notification_choices')
    .values(choices)
    .onConflict((conflict) => conflict.columns(['agency_id', 'person_id', 'kind']).doUpdateSet((eb) => ({ wanted: eb.ref('excluded.wanted') })))
    .execute();
}
