import type { ClientId } from '../../domain/ids.ts';
import { isEnded } from '../../domain/onboarding.ts';
import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findOnboarding } from '../find-onboarding.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inOnboarding } from '../path-parameters.ts';
import { onboardingSchema } from '../representations/onboarding.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/onboardings/{onboardingId}/cancel',
  operationId: 'cancelOnboarding',
  tags: ['Onboardings'],
  summary: 'Cancel an onboarding and undo what it did',
  description: 'Answers once the undo is through, with the onboarding as it stands then. One that had ended before stays as it is.',
  middleware: permit('clients.write'),
  request: { params: inOnboarding },
  responses: { 200: jsonResponse('The onboarding.', onboardingSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `POST /v1/agencies/{agencyId}/onboardings/{onboardingId}/cancel` */
export const cancelOnboarding = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { onboardingId } = c.req.valid('param');
    const { workflowId } = await findOnboarding(deps, sight, onboardingId);
    canonical.workflowId = workflowId;
    const answered = await deps.temporal.cancelOnboarding(workflowId, actor);
    // The undo may have erased the client, and with it what put the onboarding in the caller's sight.
    const left = await findOnboarding(deps, { agencyId }, onboardingId);
    if (answered !== undefined || isEnded(left.state)) return c.json(left, 200);
    // Its workflow is not there any more; the record alone is what counts then.
    const command = commandOf(c, 'cancel-onboarding', left.clientId as ClientId | null);
    const input = { agencyId, onboardingId, actor };
    await deps.temporal.execute('cancelOnboarding', { ...command, input, summary: 'Cancel an onboarding' });
    return c.json(await findOnboarding(deps, { agencyId }, onboardingId), 200);
  },
});
