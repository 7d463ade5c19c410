import { listInvitations as listInvitationRecords } from '../../db/read/list-invitations.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { invitationSchema, presentInvitation } from '../representations/invitation.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/invitations',
  operationId: 'listInvitations',
  tags: ['People'],
  summary: 'List the invitations of an account, newest first',
  middleware: permitAccount('people.manage'),
  request: { params: inAccount, query: z.object(pageQuery) },
  responses: {
    200: jsonResponse('A page of invitations.', z.object({ items: z.array(invitationSchema), nextCursor: z.string().nullable() })),
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/accounts/{accountId}/invitations` */
export const listInvitations = operation({
  route,
  handler: async (c) => {
    const { sight, deps } = c.var;
    const page = pageRequest(c.req.valid('query'));
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listInvitationRecords(reader, sight.agencyId, page));
    return c.json({ items: items.map(presentInvitation), nextCursor: nextCursor(next) }, 200);
  },
});
