import { listImports as listImportRecords } from '../../db/read/list-imports.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { importSchema, presentImport } from '../representations/import.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/imports',
  operationId: 'listImports',
  tags: ['Imports'],
  summary: 'List imports, newest first',
  middleware: permit('clients.import'),
  request: { params: inAgency, query: z.object({ ...pageQuery }) },
  responses: {
    200: jsonResponse('A page of imports.', z.object({ items: z.array(importSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/imports` */
export const listImports = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const page = pageRequest(c.req.valid('query'));
    const { items, next } = await readInTenant(deps.db, sight, (reader) => listImportRecords(reader, agencyId, page));
    return c.json({ items: items.map(presentImport), nextCursor: nextCursor(next) }, 200);
  },
});
