import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import { z } from 'zod';
import { createTemporalGateway, type TemporalGateway } from '../api/temporal.ts';
import type { ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import { defaultWaitingPolicy } from '../domain/waiting.ts';
import { defaultTaskQueue, type OnboardClientInput, onboardingWorkflowId } from '../workflows/contract.ts';
import type { onboardClient } from '../workflows/index.ts';
import type { Agency } from './agency.ts';
import { dryTaskQueue } from './dry-steps.ts';
import { createPoster } from './http-client.ts';
import type { Stage } from './stage.ts';

type Onboarding = WorkflowHandle<typeof onboardClient>;

/** How the bench onboards clients of one agency: each a new one, with the next project of `projects` as long as there are any. */
export interface Onboarder {
  /** Over HTTP, with an idempotency key as any client should; resolves with the answer. Fails unless it has the status that was asked for. */
  post(expected: 201 | 202): Promise<Onboarding>;
  /** As the API does behind the scenes, without HTTP and what guards it. */
  start(): Promise<Onboarding>;
  /** The same with steps that touch no database: what an onboarding costs before anything is written. */
  startDry(): Promise<Onboarding>;
}

const answerSchema = z.object({ onboarding: z.object({ workflowId: z.string() }) });

export function createOnboarder({ api, client }: Stage, agency: Agency, projects: ProjectId[]): Onboarder {
  const log = pino({ level: 'silent' });
  const gateway = (taskQueue: string) => createTemporalGateway({ client, taskQueue, log });
  const [real, dry] = [gateway(defaultTaskQueue), gateway(dryTaskQueue)];
  const post = createPoster(`${api.url}/v1/agencies/${agency.id}/clients`, { authorization: `Bearer ${agency.apiKey}` });
  const handleOf = (workflowId: string): Onboarding => client.workflow.getHandle(workflowId);
  const startAt = async (temporal: TemporalGateway, projectId: ProjectId | null) => {
    const input = inputOf(agency, projectId);
    await temporal.startOnboarding(input, input.onboardingId);
    return handleOf(onboardingWorkflowId(agency.id, input.onboardingId));
  };

  return {
    async post(expected) {
      const id = randomUUID();
      const { status, body } = await post(
        { name: `Client ${id}`, contactEmail: 'contact@client.example', projectId: projects.shift() },
        { 'idempotency-key': id, ...(expected === 202 && { prefer: 'respond-async' }) },
      );
      if (status !== expected) throw new Error(`an onboarding was answered with ${status}: ${body}`);
      return handleOf(answerSchema.parse(JSON.parse(body)).onboarding.workflowId);
    },

    start: () => startAt(real, projects.shift() ?? null),
    startDry: () => startAt(dry, randomUUID() as string as ProjectId),
  };
}

/** Waits for the end of an onboarding, which must be a good one. */
export async function untilReady(onboarding: Onboarding): Promise<void> {
  const { state } = await onboarding.result();
  if (state !== 'ready_to_share') throw new Error(`${onboarding.workflowId} ended as ${state}`);
}

/** Waits until so many of the agency's onboardings wait for a project. */
export async function untilWaiting({ admin }: Stage, agency: Agency, count: number): Promise<void> {
  const waiting = async () => {
    const { rows } = await admin.query("select from foyer.onboardings where agency_id = $1 and state = 'waiting_for_project'", [agency.id]);
    return rows.length;
  };
  while ((await waiting()) < count) await sleep(500);
}

function inputOf(agency: Agency, projectId: ProjectId | null): OnboardClientInput {
  const id = randomUUID();
  return {
    agencyId: agency.id,
    // The schema's ids are branded strings, and these are new ones.
    onboardingId: id as OnboardingId,
    clientId: randomUUID() as string as ClientId,
    source: 'api',
    actor: { kind: 'system', label: 'bench' },
    onLimit: 'refuse',
    client: { name: `Client ${id}`, contactEmail: 'contact@client.example', externalReference: null, notes: null },
    upsert: false,
    crmEventAt: null,
    projectId,
    projectDomain: null,
    waiting: defaultWaitingPolicy,
  };
}
