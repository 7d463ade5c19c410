import { eraseMember } from '../../db/erase-member.ts';
import { type MembershipRecord, readMemberships } from '../../db/read/memberships.ts';
import { enterTenant, type TenantTransaction } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import { refuseMemberChange } from '../../domain/member-change.ts';
import { freshSessionMs } from '../../domain/person.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { holdPerson } from '../auth/hold-person.ts';
import { permitPerson } from '../auth/permit.ts';
import type { AppContext } from '../environment.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { originOf } from '../origin.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/me',
  operationId: 'deleteMe',
  tags: ['Callers'],
  summary: 'Delete your sign-in',
  description:
    'For good: name, e-mail address, sessions and ways to sign in, and with them every membership. Asked for in a session that is no older than an hour. The last owner of an account hands the ownership over first. Who acted stays in the history of accounts by name.',
  middleware: permitPerson,
  responses: { 204: { description: 'Deleted.' }, ...problems('VALIDATION_FAILED') },
});

/** `DELETE /v1/me` */
export const deleteMe = operation({
  route,
  handler: async (c) => {
    await assertFreshSession(c);
    const { member, deps } = c.var;
    // Once for all accounts: who may not leave one of them leaves none.
    await deps.db.transaction().execute(async (tx) => {
      await holdPerson(tx, member.personId, 'to go');
      const memberships = await readMemberships(tx, member.personId);
      for (const membership of memberships.toSorted((a, b) => a.accountId.localeCompare(b.accountId))) await leaveForGood(c, tx, membership);
      await tx.deleteFrom('auth.verifications').where('value', '=', member.personId).execute();
      await tx.deleteFrom('auth.people').where('id', '=', member.personId).execute();
    });
    return c.body(null, 204);
  },
});

async function assertFreshSession(c: AppContext): Promise<void> {
  const { member, deps } = c.var;
  const session = await deps.db.selectFrom('auth.sessions').select('created_at').where('id', '=', member.sessionId).executeTakeFirst();
  if (session && Date.now() - session.created_at.getTime() < freshSessionMs) return;
  throw refused('UNAUTHENTICATED', { detail: 'You signed in more than an hour ago: sign out, sign in again and repeat this.', reason: 'SESSION_NOT_FRESH' });
}

async function leaveForGood(c: AppContext, tx: TenantTransaction, { accountId, accountName }: MembershipRecord): Promise<void> {
  const { personId, email } = c.var.member;
  await enterTenant(tx, accountId);
  const { by, owners } = await holdPeople(tx, c.var.member, accountId);
  if (refuseMemberChange({ by, member: by, change: { kind: 'leaves' }, owners })) {
    throw refused('AGENCY_ROLE_REQUIRED', { detail: `${accountName} keeps at least one owner: hand the ownership over first.` });
  }
  const actor: Actor = { kind: 'user', id: personId, label: 'somebody who is gone', origin: originOf(c) };
  await eraseMember(tx, { accountId, personId, email, role: by, actor });
}
