import { readInTenant } from '../../db/tenant.ts';
import type { ImportId } from '../../domain/ids.ts';
import { defaultImportPolicy, importChoices } from '../../domain/import.ts';
import { importRequest } from '../../domain/import-row.ts';
import { countOutcomes } from '../../domain/import-state.ts';
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
    const { lines: read, ignoredColumns } = await readImportFile(c);
    const lines = await readInTenant(deps.db, sight, (reader) => prepareImport(reader, read, choices.onDuplicate));
    if (dryRun) {
      const rows = await readInTenant(deps.db, sight, (reader) => previewImport(reader, agencyId, lines, choices));
      const counts = presentCounts(rows.length, countOutcomes(rows.map(({ outcome }) => outcome)));
      return c.json({ dryRun: true as const, ...counts, ignoredColumns, rows: rows.map(presentImportRow) }, 200);
    }
    const request = { lines: read, ...choices };
    const response = await changeOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async (tx, { idOf, fingerprint }) => {
      const id = idOf<ImportId>('import');
      const workflowId = importWorkflowId(agencyId, id);
      canonical.workflowId = workflowId;
      const createdAt = await storeImport(tx, { agencyId, id, actor, fileName, lines, ...choices });
      // Before the commit: a start that fails leaves nothing behind, and a commit that fails leaves a workflow that ends for want of its rows.
      await deps.temporal.startImport({ agencyId, importId: id, policy: defaultImportPolicy }, fingerprint);
      const unfit = lines.flatMap((each) => ('problem' in each ? [unfitRow(each)] : []));
      const counts = countOutcomes(lines.map((each) => ('problem' in each ? 'refused' : 'pending')));
      const record = {
        id,
        workflowId,
        state: 'queued',
        ...choices,
        fileName,
        by: actor.label,
        total: lines.length,
        counts,
        createdAt,
        finishedAt: null,
      } as const;
      // The answer is kept for good, so it names nobody.
      const rows = unfit.map((row) => presentImportRow({ ...row, name: null }));
      return {
        status: 202,
        body: { ...presentImport(record), rows, nextLine: null, ignoredColumns },
        headers: { Location: `/v1/agencies/${agencyId}/imports/${id}` },
      };
    });
    return response as never;
  },
});
