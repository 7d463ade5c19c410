import { removeMember } from '../../db/remove-member.ts';
import { inTenant } from '../../db/tenant.ts';
import { refuseMemberChange } from '../../domain/member-change.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refusedChange } from '../refused-change.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/leave',
  operationId: 'leaveAccount',
  tags: ['People'],
  summary: 'Leave an account',
  description: 'The last owner stays: they hand the ownership over first.',
  middleware: permitMember(),
  request: { params: inAccount },
  responses: { 204: { description: 'Left.' }, ...problems('VALIDATION_FAILED') },
});

/** `POST /v1/accounts/{accountId}/leave` */
export const leaveAccount = operation({
  route,
  handler: async (c) => {
    const { actor, member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const { by, owners } = await holdPeople(tx, member, accountId);
      const refusal = refuseMemberChange({ by, member: by, change: { kind: 'leaves' }, owners });
      if (refusal) throw refusedChange(refusal);
      await removeMember(tx, { accountId, personId: member.personId, actor, kind: 'member.left' });
    });
    return c.body(null, 204);
  },
});
