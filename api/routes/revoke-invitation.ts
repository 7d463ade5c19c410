import { sql } from 'kysely';
import { readInvitation } from '../../db/read/invitation.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { manages } from '../../domain/member-change.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitAccount } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { ofInvitation } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { refusedChange } from '../refused-change.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/accounts/{accountId}/invitations/{invitationId}',
  operationId: 'revokeInvitation',
  tags: ['People'],
  summary: 'Withdraw an invitation; its link opens nothing from now on',
  middleware: permitAccount('people.manage'),
  request: { params: ofInvitation },
  responses: { 204: { description: 'Withdrawn.' }, ...problems('VALIDATION_FAILED') },
});

/** `DELETE /v1/accounts/{accountId}/invitations/{invitationId}` */
export const revokeInvitation = operation({
  route,
  handler: async (c) => {
    const { actor, caller, deps } = c.var;
    const { accountId, invitationId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const { by } = await holdPeople(tx, caller, accountId);
      const invitation = await readInvitation(reading(tx), accountId, invitationId);
      if (invitation?.state !== 'pending' && invitation?.state !== 'expired') throw refused('NOT_FOUND');
      if (!manages(by, invitation.role)) throw refusedChange('not_managed');
      await tx
        .updateTable('invitations')
        .set({ state: 'revoked', ended_at: sql<Date>`now()` })
        .where('agency_id', '=', accountId)
        .where('id', '=', invitationId)
        .execute();
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'invitation.revoked', after: { id: invitationId, email: invitation.email } });
    });
    return c.body(null, 204);
  },
});
