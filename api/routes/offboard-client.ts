import type { OffboardingId } from '../../domain/ids.ts';
import { isOffboardingDay, offboardClientRequest } from '../../domain/offboarding.ts';
import { beginningOf, defaultOffboardingPolicy } from '../../domain/offboarding-policy.ts';
import { offboardingWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { findClient } from '../find-client.ts';
import { findOffboarding } from '../find-offboarding.ts';
import { answerOnce, idempotencyKey } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { offboardingSchema, presentOffboarding } from '../representations/offboarding.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/offboard',
  operationId: 'offboardClient',
  tags: ['Clients'],
  summary: 'Offboard a client on a day to come',
  description:
    'Its contact is told now and reminded, an export pack can be downloaded, and as the day begins (UTC) its links end and it is archived. Until then it can be cancelled.',
  middleware: permit('clients.write'),
  request: { params: inClient, headers: z.object({ 'idempotency-key': z.string().optional() }), body: jsonBody(offboardClientRequest) },
  responses: {
    201: jsonResponse('The client leaves.', offboardingSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/agencies/{agencyId}/clients/{clientId}/offboard` */
export const offboardClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps, canonical } = c.var;
    const { clientId } = c.req.valid('param');
    const request = c.req.valid('json');
    const endsAt = beginningOf(request.on);
    await findClient(deps, sight, clientId);
    const response = await answerOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async ({ idOf, fingerprint }) => {
      if (!isOffboardingDay(endsAt, new Date())) throw refusedDay('must be a day to come, within five years');
      const offboardingId = idOf<OffboardingId>('offboarding');
      const workflowId = offboardingWorkflowId(agencyId, offboardingId);
      canonical.workflowId = workflowId;
      const input = {
        agencyId,
        clientId,
        offboardingId,
        actor,
        endsAt: endsAt.toISOString(),
        message: request.message ?? null,
        policy: defaultOffboardingPolicy,
      };
      const decision = await deps.temporal.startOffboarding(input, fingerprint);
      if (decision.outcome === 'refused') throw refused(decision.code, { about: { clientId } });
      if (decision.outcome === 'occupied') throw refusedDay(`the client leaves on ${decision.endsAt.slice(0, 10)} already: cancel that first`);
      const offboarding = await findOffboarding(deps, sight, clientId);
      const headers = { Location: `/v1/agencies/${agencyId}/clients/${clientId}/offboard` };
      return { status: 201, body: presentOffboarding(offboarding), headers, about: clientId };
    });
    return response as never;
  },
});

function refusedDay(message: string) {
  return refused('VALIDATION_FAILED', { errors: [{ pointer: '/on', message }] });
}
