import type { Actor } from '../domain/actor.ts';
import type { AccountId, ClientId, InvitationId, PersonId } from '../domain/ids.ts';
import type { Role } from '../domain/permission.ts';
import { recordEvent } from './record-event.ts';
import { restrictMember } from './restrict-member.ts';
import type { TenantTransaction } from './tenant.ts';

export interface NewMember {
  accountId: AccountId;
  personId: PersonId;
  name: string;
  role: Role;
  /** The clients that the member is restricted to; null for none. */
  clientIds: readonly ClientId[] | null;
  actor: Actor;
  invitationId?: InvitationId;
}

/** Makes a person a member of the account. One who is a member already stays what they are. */
export async function addMember(tx: TenantTransaction, { accountId, personId, name, role, clientIds, actor, invitationId }: NewMember): Promise<void> {
  const added = await tx
    .insertInto('memberships')
    .values({ agency_id: accountId, person_id: personId, role, restricted: clientIds !== null })
    .onConflict((conflict) => conflict.columns(['agency_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst();
  if (!added) return;
  if (clientIds) await restrictMember(tx, { accountId, personId, clientIds });
  await recordEvent(tx, { agencyId: accountId, actor, kind: 'member.joined', after: { personId, name, role, clientIds, invitationId } });
}
