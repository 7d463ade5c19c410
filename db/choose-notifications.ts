import type { z } from 'zod';
import type { AccountId, PersonId } from '../domain/ids.ts';
import { notificationKinds, type notificationsRequest } from '../domain/notification.ts';
import type { TenantTransaction } from './tenant.ts';

interface Choice {
  accountId: AccountId;
  personId: PersonId;
  /** A kind that is left out stays as it is. */
  chosen: z.infer<typeof notificationsRequest>;
}

/** Keeps what a member wants to be told. Hold the account's people first (`holdPeople`): the member must still be one. */
export async function chooseNotifications(tx: TenantTransaction, { accountId, personId, chosen }: Choice): Promise<void> {
  const choices = notificationKinds.flatMap((kind) => {
    const wanted = chosen[kind];
    return wanted === undefined ? [] : [{ agency_id: accountId, person_id: personId, kind, wanted }];
  });
  await tx
    .insertInto('notification_choices')
    .values(choices)
    .onConflict((conflict) => conflict.columns(['agency_id', 'person_id', 'kind']).doUpdateSet((eb) => ({ wanted: eb.ref('excluded.wanted') })))
    .execute();
}
