import { permit } from '../auth/permit.ts';
import { findOnboarding } from '../find-onboarding.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inOnboarding } from '../path-parameters.ts';
import { onboardingSchema } from '../representations/onboarding.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/onboardings/{onboardingId}',
  operationId: 'readOnboarding',
  tags: ['Onboardings'],
  summary: 'Read an onboarding, step by step',
  middleware: permit('clients.read'),
  request: { params: inOnboarding },
  responses: { 200: jsonResponse('The onboarding.', onboardingSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/onboardings/{onboardingId}` */
export const readOnboarding = operation({
  route,
  handler: async (c) => {
    const onboarding = await findOnboarding(c.var.deps, c.var.sight, c.req.valid('param').onboardingId);
    c.var.canonical.workflowId = onboarding.workflowId;
    return c.json(onboarding, 200);
  },
});
