import { z } from 'zod';
import { optional, text } from './text.ts';

/** Where a reader's word stands in the queue of whoever writes the documentation. */
export const feedbackStates = ['open', 'done', 'dismissed'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

/** The path of a page, such as `/docs/accounts/manage-client-accounts`. */
export const docsPath = z
  .string()
  .max(200)
  .regex(/^\/docs(\/[A-Za-z0-9_-]+)*$/, 'must be the path of a page of the documentation');

/** Body of `POST /v1/docs/feedback`. */
export const docsFeedbackRequest = z.object({ page: docsPath, helpful: z.boolean(), comment: optional(text(2_000)).nullable() });
export type DocsFeedbackRequest = z.infer<typeof docsFeedbackRequest>;

/** Body of `PATCH /v1/operator/docs-feedback/{feedbackId}`. */
export const reviewFeedbackRequest = z.object({ state: z.enum(feedbackStates), note: optional(text(2_000)).nullable() });
