import { permit } from '../auth/permit.ts';
import { findSharing } from '../find-sharing.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { sharingSchema } from '../representations/sharing.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/projects/{projectId}/sharing',
  operationId: 'readSharing',
  tags: ['Sharing'],
  summary: "Read a project's sharing, with its links",
  description: 'The links are given to whoever may share: who has one reads the report.',
  middleware: permit('sharing.write'),
  request: { params: inProject },
  responses: { 200: jsonResponse('The sharing.', sharingSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/projects/{projectId}/sharing` */
export const readSharing = operation({
  route,
  handler: async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await findSharing(c.var, c.req.valid('param').projectId), 200);
  },
});
