import { randomUUID } from 'node:crypto';
import type { CreateAccountInput } from '../../activities/create-account.ts';
import type { StepRun } from '../../activities/step-run.ts';
import type { Actor } from '../../domain/actor.ts';
import type { ClientDetails } from '../../domain/client.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { WaitingPolicy } from '../../domain/waiting.ts';
import { type OnboardClientInput, onboardingWorkflowId } from '../../workflows/contract.ts';
import { newClientId, newOnboardingId } from './ids.ts';

export const tester: Actor = { kind: 'apiKey', id: randomUUID(), label: 'test key' };

/** Waits that a test can sit through: re-checks after 100 ms, reminds after 100, 200 and 300 ms, stalls after 500 ms. */
export const quickWaits: WaitingPolicy = {
  recheckMs: 100,
  remindAfterMs: [100, 200, 300],
  stallAfterMs: 500,
  undoAttempts: 3,
  undoBackoffMs: 10,
};

/** A client whose name nobody else has. */
export function clientDetails(details: Partial<ClientDetails> = {}): ClientDetails {
  return { name: `Client ${randomUUID()}`, contactEmail: null, externalReference: null, notes: null, ...details };
}

type Overrides = Partial<Omit<OnboardClientInput, 'agencyId' | 'client'>> & { client?: Partial<ClientDetails> };

/** An onboarding as the API asks for it: a new client, no project yet, refused at the limit. */
export function onboardingInput(agencyId: AgencyId, { client, ...overrides }: Overrides = {}): OnboardClientInput {
  return {
    agencyId,
    onboardingId: newOnboardingId(),
    source: 'api',
    actor: tester,
    onLimit: 'refuse',
    clientId: newClientId(),
    client: clientDetails(client),
    upsert: false,
    crmEventAt: null,
    projectId: null,
    projectDomain: null,
    waiting: quickWaits,
    ...overrides,
  };
}

/** An onboarding as a CRM asks for it: the reference is the client, and it waits at the limit. */
export function crmOnboardingInput(agencyId: AgencyId, { client, ...overrides }: Overrides = {}): OnboardClientInput {
  return onboardingInput(agencyId, {
    source: 'crm',
    onLimit: 'wait',
    upsert: true,
    crmEventAt: new Date().toISOString(),
    client: { externalReference: `deal-${randomUUID()}`, ...client },
    ...overrides,
  });
}

/** What the workflow hands to its first step. */
export function createAccountInput({ waiting: _, projectDomain: __, ...request }: OnboardClientInput): CreateAccountInput {
  return { ...request, workflowId: onboardingWorkflowId(request.agencyId, request.onboardingId) };
}

/** The first run of an activity. */
export function firstRun(): StepRun {
  return { attempt: 1, startedAt: new Date() };
}
