import { z } from '@hono/zod-openapi';
import type { DocsFeedbackRecord } from '../../db/read/list-docs-feedback.ts';
import { feedbackStates } from '../../domain/docs-feedback.ts';

export const docsFeedbackSchema = z
  .object({
    id: z.uuid(),
    page: z.string(),
    pageVersion: z.string().openapi({ description: 'Names the text that was read: another text, another version.' }),
    helpful: z.boolean(),
    comment: z.string().nullable(),
    state: z.enum(feedbackStates),
    note: z.string().nullable(),
    createdAt: z.iso.datetime(),
    reviewedAt: z.iso.datetime().nullable(),
  })
  .openapi('DocsFeedback');

export function presentDocsFeedback(record: DocsFeedbackRecord): z.infer<typeof docsFeedbackSchema> {
  return { ...record, createdAt: record.createdAt.toISOString(), reviewedAt: record.reviewedAt?.toISOString() ?? null };
}
