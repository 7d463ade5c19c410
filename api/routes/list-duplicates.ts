import { listDuplicates as listDuplicateRecords } from '../../db/read/list-duplicates.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { duplicateSchema } from '../representations/duplicate.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/suspected-duplicates',
  operationId: 'listDuplicates',
  tags: ['Clients'],
  summary: 'List clients that look like an older one, newest first',
  description: 'Each with the oldest client that it looks like, to be merged into that, or left as it is. Archived clients are left out.',
  middleware: permit('clients.write'),
  request: { params: inAgency, query: z.object({ ...pageQuery }) },
  responses: {
    200: jsonResponse('A page of suspected duplicates.', z.object({ items: z.array(duplicateSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients/suspected-duplicates` */
export const listDuplicates = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const page = pageRequest(c.req.valid('query'));
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listDuplicateRecords(reader, agencyId, page));
    return c.json({ items, nextCursor: nextCursor(next) }, 200);
  },
});
