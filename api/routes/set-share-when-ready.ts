import { shareWhenReadyRequest } from '../../domain/share-when-ready.ts';
import { permit } from '../auth/permit.ts';
import { findOnboarding } from '../find-onboarding.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inOnboarding } from '../path-parameters.ts';
import { onboardingSchema } from '../representations/onboarding.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/onboardings/{onboardingId}/share-when-ready',
  operationId: 'setShareWhenReady',
  tags: ['Onboardings'],
  summary: 'Have the report shared as soon as it may be, or not',
  description:
    'Asked for or taken back while the onboarding goes on; at its end a report is shared where that is wanted then. One that has ended stays as it is.',
  middleware: permit('sharing.write'),
  request: { params: inOnboarding, body: jsonBody(shareWhenReadyRequest) },
  responses: { 200: jsonResponse('The onboarding.', onboardingSchema), ...bodyProblems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `PUT /v1/agencies/{agencyId}/onboardings/{onboardingId}/share-when-ready` */
export const setShareWhenReady = operation({
  route,
  handler: async (c) => {
    const { actor, sight, deps, canonical } = c.var;
    const { onboardingId } = c.req.valid('param');
    const { workflowId } = await findOnboarding(deps, sight, onboardingId);
    canonical.workflowId = workflowId;
    await deps.temporal.chooseShareWhenReady(workflowId, { ...c.req.valid('json'), actor });
    return c.json(await findOnboarding(deps, sight, onboardingId), 200);
  },
});
