import { listMembers as listMemberRecords } from '../../db/read/list-members.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { memberSchema, presentMember } from '../representations/member.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/members',
  operationId: 'listMembers',
  tags: ['People'],
  summary: 'List the people of an account, newest first',
  middleware: permitAccount('people.read'),
  request: { params: inAccount, query: z.object(pageQuery) },
  responses: {
    200: jsonResponse('A page of people.', z.object({ items: z.array(memberSchema), nextCursor: z.string().nullable() })),
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/accounts/{accountId}/members` */
export const listMembers = operation({
  route,
  handler: async (c) => {
    const { sight, deps } = c.var;
    const page = pageRequest(c.req.valid('query'));
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listMemberRecords(reader, sight.agencyId, page));
    return c.json({ items: items.map(presentMember), nextCursor: nextCursor(next) }, 200);
  },
});
