import type { Actor } from '../domain/actor.ts';
import type { AccountId, PersonId } from '../domain/ids.ts';
import { readMember } from './read/member.ts';
import { recordEvent } from './record-event.ts';
import { reading, type TenantTransaction } from './tenant.ts';

interface Removal {
  accountId: AccountId;
  personId: PersonId;
  actor: Actor;
  kind: 'member.removed' | 'member.left';
}

/** Takes a person out of the account, with whatever the person was restricted to and an offer of ownership from or to them. */
export async function removeMember(tx: TenantTransaction, { accountId, personId, actor, kind }: Removal): Promise<void> {
  const member = await readMember(reading(tx), accountId, personId);
  await tx.deleteFrom('memberships').where('agency_id', '=', accountId).where('person_id', '=', personId).execute();
  await recordEvent(tx, { agencyId: accountId, actor, kind, before: { personId, name: member?.name, role: member?.role } });
}
