import { z } from '@hono/zod-openapi';
import type { ImportRowRecord } from '../../db/read/import-rows.ts';
import type { ImportRecord } from '../../db/read/imports.ts';
import { type ImportCounts, importOutcomes, importStates, onDuplicateChoices, unsettled } from '../../domain/import-state.ts';
import { onLimitChoices } from '../../domain/onboarding.ts';
import { refusalCodes } from '../../domain/refusal.ts';

const counts = {
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  waiting: z.int().openapi({ description: 'Clients that wait for a slot and go on by themselves, or whose undo failed.' }),
  duplicates: z.int(),
  refused: z.int(),
  cancelled: z.int(),
  pending: z.int().openapi({ description: 'Rows that have not come to anything yet.' }),
};

const rowSchema = z
  .object({
    line: z.int().openapi({ description: 'Where the row begins in a CSV file; its number among the rows of JSON.' }),
    outcome: z.enum(importOutcomes),
    name: z.string().optional(),
    code: z.enum(refusalCodes).optional(),
    detail: z.string().optional(),
    clientId: z.uuid().optional().openapi({ description: 'The client that the row made, brought up to date, or resembles.' }),
  })
  .openapi('ImportRow');

export const importSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(importStates),
    ...counts,
    onLimit: z.enum(onLimitChoices),
    onDuplicate: z.enum(onDuplicateChoices),
    fileName: z.string().nullable(),
    by: z.string(),
    workflowId: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .openapi('Import');

export const importWithRowsSchema = importSchema
  .extend({ rows: z.array(rowSchema), nextLine: z.int().nullable().openapi({ description: 'Send it as `afterLine` for the rows behind these.' }) })
  .openapi('ImportWithRows');

export const takenImportSchema = importWithRowsSchema.extend({ ignoredColumns: z.array(z.string()) }).openapi('TakenImport');

export const importPreviewSchema = z
  .object({ dryRun: z.literal(true), ...counts, ignoredColumns: z.array(z.string()), rows: z.array(rowSchema) })
  .openapi('ImportPreview');

export function presentCounts(total: number, { created, updated, waiting, duplicate, refused, cancelled, ...left }: ImportCounts) {
  return { total, created, updated, waiting, duplicates: duplicate, refused, cancelled, pending: unsettled(left) };
}

export function presentImport({ counts: counted, total, createdAt, finishedAt, ...record }: ImportRecord): z.infer<typeof importSchema> {
  return { ...record, ...presentCounts(total, counted), createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}

export function presentImportRow({ line, outcome, name, code, detail, clientId }: ImportRowRecord): z.infer<typeof rowSchema> {
  return { line, outcome, ...(name !== null && { name }), ...(code && { code }), ...(detail !== null && { detail }), ...(clientId && { clientId }) };
}
