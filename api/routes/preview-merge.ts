import { readMergeFacts } from '../../db/merge-facts.ts';
import { readInTenant } from '../../db/tenant.ts';
import { planMerge } from '../../domain/client-merge.ts';
import type { ClientId } from '../../domain/ids.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { mergePreviewSchema, presentMergePlan } from '../representations/merge-preview.ts';
import { assertTwo } from './merge-clients.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/merge-preview',
  operationId: 'previewMerge',
  tags: ['Clients'],
  summary: 'What merging this client into another would do',
  description: 'Which projects move, which links die, which onboardings change and what is filled in. Changes nothing; refused where the merge would be.',
  middleware: permit('clients.write'),
  request: { params: inClient, query: z.object({ into: z.uuid().toLowerCase().openapi({ type: 'string', format: 'uuid' }) }) },
  responses: { 200: jsonResponse('What would happen.', mergePreviewSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'VALIDATION_FAILED') },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/merge-preview` */
export const previewMerge = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const into = c.req.valid('query').into as ClientId;
    assertTwo(clientId, into, '/query/into');
    const { facts, refusal } = await readInTenant(deps.db, sight, (reader) => readMergeFacts(reader, { agencyId, clientId, into }));
    if (!facts) throw refused(refusal);
    return c.json(presentMergePlan(facts, planMerge(facts, new Date())), 200);
  },
});
