import { permit } from '../auth/permit.ts';
import { commandOf } from '../client-command.ts';
import { findOffboarding } from '../find-offboarding.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { offboardingSchema, presentOffboarding } from '../representations/offboarding.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/offboard/cancel',
  operationId: 'cancelOffboarding',
  tags: ['Clients'],
  summary: 'Cancel an offboarding: the client stays',
  description: 'Its contact is told, and the export pack is gone. An offboarding that has ended stays as it is.',
  middleware: permit('clients.write'),
  request: { params: inClient },
  responses: { 200: jsonResponse('The offboarding.', offboardingSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/offboard/cancel` */
export const cancelOffboarding = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps, canonical } = c.var;
    const { clientId } = c.req.valid('param');
    const { id: offboardingId, workflowId, state } = await findOffboarding(deps, sight, clientId);
    canonical.workflowId = workflowId;
    const answered = state === 'scheduled' ? await deps.temporal.cancelOffboarding(workflowId, actor) : state;
    // Its workflow is not there any more; the record alone is what counts then.
    if (answered === undefined) {
      const command = commandOf(c, 'cancel-offboarding', clientId);
      const input = { agencyId, clientId, offboardingId, actor };
      await deps.temporal.execute('cancelOffboarding', { ...command, input, summary: 'Cancel an offboarding' });
    }
    return c.json(presentOffboarding(await findOffboarding(deps, sight, clientId)), 200);
  },
});
