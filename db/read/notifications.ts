import type { AccountId, PersonId } from '../../domain/ids.ts';
import { type Notifications, notificationsOf } from '../../domain/notification.ts';
import type { TenantReader } from '../tenant.ts';

/** What a member of the account is told by mail, or undefined for one who does not belong to it. */
export async function readNotifications(reader: TenantReader, accountId: AccountId, personId: PersonId): Promise<Notifications | undefined> {
  const rows = await reader
    .selectFrom('memberships as membership')
    .leftJoin('notification_choices as choice', (join) =>
      join.onRef('choice.agency_id', '=', 'membership.agency_id').onRef('choice.person_id', '=', 'membership.person_id'),
    )
    .select(['membership.role', 'choice.kind', 'choice.wanted'])
    .where('membership.agency_id', '=', accountId)
    .where('membership.person_id', '=', personId)
    .execute();
  const [member] = rows;
  return member && notificationsOf(member.role, Object.fromEntries(rows.flatMap(({ kind, wanted }) => (kind === null ? [] : [[kind, wanted]]))));
}
