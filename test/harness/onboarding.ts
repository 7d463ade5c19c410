import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { AgencyId, ClientId, OnboardingId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import { type OnboardClientInput, onboardingWorkflowId, searchAttributes } from '../../workflows/contract.ts';
import type { onboardClient } from '../../workflows/onboard-client.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** An onboarding that was started, by its ids and by its workflow. */
export interface Onboarding {
  agencyId: AgencyId;
  onboardingId: OnboardingId;
  clientId: ClientId;
  workflowId: string;
  workflow: WorkflowHandle<typeof onboardClient>;
  input: OnboardClientInput;
}

/** Starts an onboarding as the API does. */
export async function start({ gateway, temporal }: Stage, input: OnboardClientInput): Promise<Onboarding> {
  await gateway.startOnboarding(input, randomUUID());
  const { agencyId, onboardingId, clientId } = input;
  const workflowId = onboardingWorkflowId(agencyId, onboardingId);
  return { agencyId, onboardingId, clientId, workflowId, workflow: temporal.workflow.getHandle(workflowId), input };
}

/** Starts an onboarding and waits until its workflow has entered the state. */
export async function startUntil(stage: Stage, state: OnboardingState, input: OnboardClientInput): Promise<Onboarding> {
  const onboarding = await start(stage, input);
  await entered(onboarding, state);
  return onboarding;
}

/** Waits until the workflow itself, not only its record, has entered the state. */
export async function entered({ workflow, workflowId }: Onboarding, state: OnboardingState): Promise<void> {
  await until(`${workflowId} is ${state}`, async () => (await stateOf(workflow)) === state);
}

/** Its current details, as the Temporal UI shows them. */
export async function statusPage(workflow: WorkflowHandle): Promise<string> {
  const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

async function stateOf(workflow: Onboarding['workflow']): Promise<string | undefined> {
  const { typedSearchAttributes } = await workflow.describe();
  return typedSearchAttributes.get(searchAttributes.state);
}
