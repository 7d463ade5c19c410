import { removeMember as removeMembership } from '../../db/remove-member.ts';
import { inTenant } from '../../db/tenant.ts';
import { refuseMemberChange } from '../../domain/member-change.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitAccount } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { ofMember } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { refusedChange } from '../refused-change.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/accounts/{accountId}/members/{personId}',
  operationId: 'removeMember',
  tags: ['People'],
  summary: 'Remove a member from the account',
  description: 'From the next request on the account is not there for the person. What they did stays in the history.',
  middleware: permitAccount('people.manage'),
  request: { params: ofMember },
  responses: { 204: { description: 'Removed.' }, ...problems('VALIDATION_FAILED') },
});

/** `DELETE /v1/accounts/{accountId}/members/{personId}` */
export const removeMember = operation({
  route,
  handler: async (c) => {
    const { actor, caller, deps } = c.var;
    const { accountId, personId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const { by, roles, owners } = await holdPeople(tx, caller, accountId);
      const member = roles.get(personId);
      if (!member) throw refused('NOT_FOUND');
      const refusal = refuseMemberChange({ by, member, change: { kind: 'removed' }, owners });
      if (refusal) throw refusedChange(refusal);
      await removeMembership(tx, { accountId, personId, actor, kind: 'member.removed' });
    });
    return c.body(null, 204);
  },
});
