import { type OnboardClientRequest, onboardClientRequest } from '../../domain/client.ts';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import { defaultWaitingPolicy } from '../../domain/waiting.ts';
import { type OnboardClientInput, onboardingWorkflowId } from '../../workflows/contract.ts';
import { permit } from '../auth/permit.ts';
import { awaitDecision, type Decided } from '../await-decision.ts';
import type { Deps } from '../environment.ts';
import { type Answer, answerOnce, idempotencyKey, type Once } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { refuseBlocker } from '../refuse-blocker.ts';
import { refused } from '../refused.ts';
import { clientETag, clientSchema, presentClient } from '../representations/client.ts';
import { onboardingSchema, presentOnboarding, presentStartedOnboarding } from '../representations/onboarding.ts';

/** How long a caller waits for the outcome of the first two steps before it is told where to look. */
const decisionTimeoutMs = 5_000;

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/clients',
  operationId: 'onboardClient',
  tags: ['Clients'],
  summary: 'Onboard a client',
  description:
    'Starts an onboarding and waits up to five seconds for its first two steps. `Prefer: respond-async` answers as soon as the request is safe. The same `Idempotency-Key` is the same onboarding, for ever.',
  middleware: permit('clients.create'),
  request: {
    params: inAgency,
    headers: z.object({ 'idempotency-key': z.string().optional(), prefer: z.string().optional() }),
    body: jsonBody(onboardClientRequest),
  },
  responses: {
    201: jsonResponse('The client is active.', z.object({ client: clientSchema, onboarding: onboardingSchema })),
    202: jsonResponse('The onboarding runs or waits; `Location` tells where it stands.', z.object({ onboarding: onboardingSchema })),
    ...bodyProblems(
      'AGENCY_ACCOUNT_REQUIRED',
      'AGENCY_PLAN_INELIGIBLE',
      'CLIENT_LIMIT_REACHED',
      'CLIENT_NAME_TAKEN',
      'EXTERNAL_REFERENCE_TAKEN',
      'PROJECT_BELONGS_TO_ANOTHER_AGENCY',
      'PROJECT_ALREADY_ASSIGNED',
      'IDEMPOTENCY_KEY_REUSED',
    ),
  },
});

/** `POST /v1/agencies/{agencyId}/clients` */
export const onboardClient = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, caller, deps, canonical } = c.var;
    const request = c.req.valid('json');
    // Whoever may not share may not have it shared either.
    if (request.shareWhenReady && !c.var.may('sharing.write')) throw refused('AGENCY_ROLE_REQUIRED');
    const respondAsync = c.req.header('prefer')?.includes('respond-async') ?? false;
    const response = await answerOnce(c, { accountId: agencyId, key: idempotencyKey(c), request }, async (once) => {
      const input: OnboardClientInput = {
        ...inputOf(request, once),
        source: caller.kind === 'person' ? 'web' : 'api',
        agencyId,
        actor,
        waiting: defaultWaitingPolicy,
      };
      canonical.workflowId = onboardingWorkflowId(agencyId, input.onboardingId);
      return respondAsync ? startOnboarding(deps, input, once) : startAndDecide(deps, input, once);
    });
    return response as never;
  },
});

function inputOf(request: OnboardClientRequest, { idOf }: Once) {
  return {
    onboardingId: idOf<OnboardingId>('onboarding'),
    clientId: idOf<ClientId>('client'),
    onLimit: request.onLimit,
    client: {
      name: request.name,
      contactEmail: request.contactEmail ?? null,
      externalReference: request.externalReference ?? null,
      notes: request.notes ?? null,
    },
    upsert: false,
    crmEventAt: null,
    projectId: (request.projectId ?? null) as ProjectId | null,
    projectDomain: null,
    ...(request.shareWhenReady && { shareWhenReady: true }),
  } as const satisfies Partial<OnboardClientInput>;
}

async function startOnboarding({ temporal }: Deps, input: OnboardClientInput, { fingerprint }: Once): Promise<Answer> {
  const { outcome, acceptedAt } = await temporal.startOnboarding(input, fingerprint);
  const { headers, ...answer } = accepted(input, acceptedAt);
  return { ...answer, headers: { ...headers, 'Preference-Applied': 'respond-async' }, fromTemporal: outcome === 'started' ? 'first' : 'replay' };
}

async function startAndDecide(deps: Deps, input: OnboardClientInput, { fingerprint }: Once): Promise<Answer> {
  const decision = awaitDecision(deps, input);
  try {
    const { acceptedAt } = await deps.temporal.startOnboarding(input, fingerprint);
    const decided = await decision.wait(decisionTimeoutMs);
    return decided ? answerDecision(deps, input.agencyId, decided) : accepted(input, acceptedAt);
  } finally {
    decision.close();
  }
}

function answerDecision(deps: Deps, agencyId: AgencyId, { onboarding, client }: Decided): Answer {
  const [blocker] = onboarding.blockers;
  if (onboarding.state === 'refused' && blocker) throw refuseBlocker(blocker);
  const location = { Location: locationOf(agencyId, onboarding.id) };
  if (client?.state !== 'active') {
    const waiting: Answer = { status: 202, body: { onboarding: presentOnboarding(onboarding) }, headers: location };
    // It names its client.
    return onboarding.clientId ? { ...waiting, about: onboarding.clientId } : waiting;
  }
  return {
    status: 201,
    // Who may create a client is shown the whole of it.
    body: { client: presentClient(client, { deps, may: () => true }), onboarding: presentOnboarding(onboarding) },
    headers: { ...location, ETag: clientETag(client) },
    about: client.id,
  };
}

function accepted({ agencyId, onboardingId, source, shareWhenReady = false }: OnboardClientInput, acceptedAt: Date): Answer {
  const workflowId = onboardingWorkflowId(agencyId, onboardingId);
  const onboarding = presentStartedOnboarding({ id: onboardingId, workflowId, source, shareWhenReady, createdAt: acceptedAt });
  return { status: 202, body: { onboarding }, headers: { Location: locationOf(agencyId, onboardingId) } };
}

function locationOf(agencyId: AgencyId, onboardingId: OnboardingId): string {
  return `/v1/agencies/${agencyId}/onboardings/${onboardingId}`;
}
