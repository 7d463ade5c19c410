import { sql } from 'kysely';
import { feedbackColumns, toDocsFeedback } from '../../db/read/list-docs-feedback.ts';
import { reviewFeedbackRequest } from '../../domain/docs-feedback.ts';
import { permitOperator } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { ofDocsFeedback } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { docsFeedbackSchema, presentDocsFeedback } from '../representations/docs-feedback.ts';

const route = createRoute({
  method: 'patch',
  path: '/v1/operator/docs-feedback/{feedbackId}',
  operationId: 'reviewDocsFeedback',
  tags: ['Documentation'],
  summary: 'Say what became of what a reader said',
  middleware: permitOperator,
  request: { params: ofDocsFeedback, body: jsonBody(reviewFeedbackRequest) },
  responses: { 200: jsonResponse('The feedback as it stands now.', docsFeedbackSchema), ...bodyProblems() },
});

/** `PATCH /v1/operator/docs-feedback/{feedbackId}` */
export const reviewDocsFeedback = operation({
  route,
  handler: async (c) => {
    const { state, note } = c.req.valid('json');
    const reviewed = await c.var.deps.db
      .updateTable('docs_feedback')
      .set({ state, reviewed_at: state === 'open' ? null : sql<Date>`now()`, ...(note !== undefined && { note }) })
      .where('id', '=', c.req.valid('param').feedbackId)
      .returning(feedbackColumns)
      .executeTakeFirst();
    if (!reviewed) throw refused('NOT_FOUND');
    return c.json(presentDocsFeedback(toDocsFeedback(reviewed)), 200);
  },
});
