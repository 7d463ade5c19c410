import { sql } from 'kysely';
import { readMember } from '../../db/read/member.ts';
import type { MemberRecord } from '../../db/read/members.ts';
import { recordEvent } from '../../db/record-event.ts';
import { restrictMember } from '../../db/restrict-member.ts';
import { inTenant, reading, type TenantTransaction } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AccountId, ClientId } from '../../domain/ids.ts';
import { refuseMemberChange } from '../../domain/member-change.ts';
import { changeMemberRequest } from '../../domain/membership.ts';
import { assertClients } from '../assert-clients.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitAccount } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { ofMember } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { refusedChange } from '../refused-change.ts';
import { memberSchema, presentMember } from '../representations/member.ts';

const route = createRoute({
  method: 'patch',
  path: '/v1/accounts/{accountId}/members/{personId}',
  operationId: 'changeMember',
  tags: ['People'],
  summary: 'Change the role of a member, or the clients that the member is restricted to',
  description: 'Nobody is made an owner: ownership is offered and accepted. What is changed holds from the next request of the member on.',
  middleware: permitAccount('people.manage'),
  request: { params: ofMember, body: jsonBody(changeMemberRequest) },
  responses: { 200: jsonResponse('The member.', memberSchema), ...bodyProblems() },
});

/** `PATCH /v1/accounts/{accountId}/members/{personId}` */
export const changeMember = operation({
  route,
  handler: async (c) => {
    const { actor, caller, deps } = c.var;
    const { accountId, personId } = c.req.valid('param');
    const request = c.req.valid('json');
    const changed = await inTenant(deps.db, accountId, async (tx) => {
      const { by, owners } = await holdPeople(tx, caller, accountId);
      const before = await readMember(reading(tx), accountId, personId);
      if (!before) throw refused('NOT_FOUND');
      const { role = before.role } = request;
      const clientIds = request.clientIds === undefined ? before.clientIds : (request.clientIds as ClientId[] | null);
      const change = { kind: 'becomes', role, restricted: clientIds !== null } as const;
      const refusal = refuseMemberChange({ by, member: before.role, change, owners });
      if (refusal) throw refusedChange(refusal);
      await assertClients(tx, accountId, clientIds);
      return changeTo(tx, { accountId, actor, before, after: { ...before, role, clientIds } });
    });
    return c.json(presentMember(changed), 200);
  },
});

interface Change {
  accountId: AccountId;
  actor: Actor;
  before: MemberRecord;
  after: MemberRecord;
}

async function changeTo(tx: TenantTransaction, { accountId, actor, before, after }: Change): Promise<MemberRecord> {
  const { personId, role, clientIds } = after;
  await tx
    .updateTable('memberships')
    .set({ role, restricted: clientIds !== null, updated_at: sql<Date>`now()` })
    .where('agency_id', '=', accountId)
    .where('person_id', '=', personId)
    .execute();
  await restrictMember(tx, { accountId, personId, clientIds: clientIds ?? [] });
  const told = ({ name, role, clientIds }: MemberRecord) => ({ personId, name, role, clientIds });
  await recordEvent(tx, { agencyId: accountId, actor, kind: 'member.changed', before: told(before), after: told(after) });
  return after;
}
