import { importRows } from '../../db/read/import-rows.ts';
import { readInTenant } from '../../db/tenant.ts';
import { importOutcomes } from '../../domain/import-state.ts';
import { permit } from '../auth/permit.ts';
import { countAtATime, wholeNumber } from '../cursor.ts';
import { findImport } from '../find-import.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inImport } from '../path-parameters.ts';
import { importWithRowsSchema, presentImport, presentImportRow } from '../representations/import.ts';

const mostRows = 1_000;

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/imports/{importId}',
  operationId: 'readImport',
  tags: ['Imports'],
  summary: 'Read an import, with what came of its rows',
  middleware: permit('clients.import'),
  request: {
    params: inImport,
    query: z.object({
      outcome: z.enum(importOutcomes).optional(),
      afterLine: wholeNumber(1, 9_999_999).optional(),
      limit: countAtATime({ most: mostRows, usual: mostRows }),
    }),
  },
  responses: { 200: jsonResponse('The import.', importWithRowsSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `GET /v1/agencies/{agencyId}/imports/{importId}` */
export const readImport = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { importId } = c.req.valid('param');
    const { limit, afterLine = 0, outcome } = c.req.valid('query');
    const record = await findImport(deps, sight, importId);
    const found = await readInTenant(deps.db, sight, (reader) => importRows(reader, { agencyId, importId }, { outcome, afterLine, limit: limit + 1 }));
    const rows = found.slice(0, limit);
    const nextLine = found.length > limit ? (rows.at(-1)?.line ?? null) : null;
    return c.json({ ...presentImport(record), rows: rows.map(presentImportRow), nextLine }, 200);
  },
});
