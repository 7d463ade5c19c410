import { readImport } from '../../db/read/import.ts';
import { readInTenant, reading } from '../../db/tenant.ts';
import type { ImportId } from '../../domain/ids.ts';
import { defaultImportPolicy, importChoices } from '../../domain/import.ts';
import { importRequest } from '../../domain/import-row.ts';
import { addOutcomes, noOutcomes } from '../../domain/import-state.ts';
import { importWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { flag } from '../cursor.ts';
import { changeOnce, idempotencyKey } from '../idempotency.ts';
import { prepareImport } from '../imports/prepare-import.ts';
import { previewImport, unfitRow } from '../imports/preview-import.ts';
import { readImportFile } from '../imports/read-file.ts';
import { storeImport } from '../imports/store-import.ts';
import { bodyProblems, createRoute, jsonOrCsvBody, jsonResponse, operation, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { importPreviewSchema, presentCounts, presentImport, presentImportRow, takenImportSchema } from '../representations/import.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/imports',
  operationId: 'importClients',
  tags: ['Imports'],
  summary: 'Import clients from CSV or JSON rows',
  description:
    'Each row is onboarded like a client that is asked for by itself; a row with the external reference of a client brings that up to date. Rows that are wrong are refused one by one; a file that cannot be read is refused as a whole, and nothing is stored. `dryRun=true` tells what would come of every row and writes nothing. The same `Idempotency-Key` is the same import, for ever.',
  middleware: permit('clients.import'),
  request: {
    params: inAgency,
    query: z.object({ dryRun: flag.optional(), ...importChoices }),
    headers: z.object({ 'idempotency-key': z.string().optional() }),
    body: jsonOrCsvBody(importRequest),
  },
  responses: {
    200: jsonResponse('Of a dry run: what would come of every row.', importPreviewSchema),
    202: jsonResponse('The import runs; `Location` tells where it stands.', takenImportSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/agencies/{agencyId}/imports` */
export const importClients = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { dryRun = false, fileName = null, ...choices } = c.req.valid('query');
    const { ignoredColumns, ...read } = await readImportFile(c);
    const file = await readInTenant(deps.db, sight, (reader) => prepareImport(reader, read, choices.onDuplicate));
    if (dryRun) {
      const rows = await readInTenant(deps.db, sight, (reader) => previewImport(reader, agencyId, file, choices));
      const counts = presentCounts(rows.length, addOutcomes(noOutcomes, rows));
      return c.json({ dryRun: true as const, ...counts, ignoredColumns, rows: rows.map(presentImportRow) }, 200);
    }
    const request = { ...read, ...choices };
    const response = await changeOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async (tx, { idOf, fingerprint }) => {
      const id = idOf<ImportId>('import');
      canonical.workflowId = importWorkflowId(agencyId, id);
      await storeImport(tx, { agencyId, id, actor, fileName, file, ...choices });
      const record = await readImport(reading(tx), agencyId, id);
      if (!record) throw new Error(`import ${id} was stored and is not there`);
      // Before the commit: a start that fails leaves nothing behind, and a commit that fails leaves a workflow that ends for want of its rows.
      await deps.temporal.startImport({ agencyId, importId: id, policy: defaultImportPolicy }, fingerprint);
      // The answer is kept for good, so it names no client and no file.
      const rows = file.unfit.map((row) => presentImportRow({ ...unfitRow(row), name: null }));
      return {
        status: 202,
        body: { ...presentImport({ ...record, fileName: null }), rows, nextLine: null, ignoredColumns },
        headers: { Location: `/v1/agencies/${agencyId}/imports/${id}` },
      };
    });
    return response as never;
  },
});
