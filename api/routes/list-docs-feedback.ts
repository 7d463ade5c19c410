import { listDocsFeedback as listFeedbackRecords } from '../../db/read/list-docs-feedback.ts';
import { docsPath, feedbackStates } from '../../domain/docs-feedback.ts';
import { permitOperator } from '../auth/permit.ts';
import { nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { docsFeedbackSchema, presentDocsFeedback } from '../representations/docs-feedback.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/operator/docs-feedback',
  operationId: 'listDocsFeedback',
  tags: ['Documentation'],
  summary: 'The review queue: what readers say of the documentation, newest first',
  middleware: permitOperator,
  request: { query: z.object({ ...pageQuery, state: z.enum(feedbackStates).optional(), page: docsPath.optional() }) },
  responses: {
    200: jsonResponse('A page of the queue.', z.object({ items: z.array(docsFeedbackSchema), nextCursor: z.string().nullable() })),
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/operator/docs-feedback` */
export const listDocsFeedback = operation({
  route,
  handler: async (c) => {
    const query = c.req.valid('query');
    const { items, next } = await listFeedbackRecords(c.var.deps.db, query, pageRequest(query));
    return c.json({ items: items.map(presentDocsFeedback), nextCursor: nextCursor(next) }, 200);
  },
});
