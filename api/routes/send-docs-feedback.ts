import { docsFeedbackRequest } from '../../domain/docs-feedback.ts';
import { recordFeedback } from '../docs/record-feedback.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/docs/feedback',
  operationId: 'sendDocsFeedback',
  tags: ['Documentation'],
  summary: 'Say whether a page of the documentation was helpful',
  description: 'Open to everyone, kept without name or address. A visitor is heard once about each text of a page.',
  security: [],
  request: { body: jsonBody(docsFeedbackRequest) },
  responses: {
    200: jsonResponse('Whether it was recorded; false for a visitor who has spoken about this text.', z.object({ recorded: z.boolean() })),
    ...bodyProblems('RATE_LIMITED'),
  },
});

/** `POST /v1/docs/feedback` */
export const sendDocsFeedback = operation({
  route,
  handler: async (c) => c.json({ recorded: await recordFeedback(c, c.req.valid('json')) }, 200),
});
