import { z } from '@hono/zod-openapi';
import type { OnboardingRecord } from '../../db/read/onboardings.ts';
import type { OnboardingId } from '../../domain/ids.ts';
import { explainBlocker, type OnboardingSource, onboardingSources, onboardingStates, stepNames, stepStates } from '../../domain/onboarding.ts';
import { alarmsAhead, defaultWaitingPolicy } from '../../domain/waiting.ts';
import { blockerSchema } from './blocker.ts';

export const onboardingSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(onboardingStates),
    stateSince: z.iso.datetime(),
    source: z.enum(onboardingSources),
    steps: z.array(
      z.object({
        name: z.enum(stepNames),
        state: z.enum(stepStates),
        attempts: z.int(),
        startedAt: z.iso.datetime().nullable(),
        finishedAt: z.iso.datetime().nullable(),
        detail: z.string().nullable(),
      }),
    ),
    blockers: z.array(blockerSchema),
    projectWait: z.object({ remindersSent: z.int(), nextReminderAt: z.iso.datetime().nullable(), stallsAt: z.iso.datetime().nullable() }).nullable().openapi({
      description: 'While it waits for a project: how often the account was reminded, when it is again, and when it is marked as stalled if it still waits.',
    }),
    shareWhenReady: z.boolean().nullable().openapi({
      description:
        'Is the report shared by itself as soon as it may be? Null where only its workflow knows: no worker has come to it yet, or it began before this was recorded.',
    }),
    workflowId: z.string(),
    clientId: z.uuid().nullable(),
    clientName: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .openapi('Onboarding');

export type Onboarding = z.infer<typeof onboardingSchema>;

export function presentOnboarding(record: OnboardingRecord): Onboarding {
  return {
    id: record.id,
    state: record.state,
    stateSince: record.stateSince.toISOString(),
    source: record.source,
    steps: record.steps.map((step) => ({
      ...step,
      startedAt: step.startedAt?.toISOString() ?? null,
      finishedAt: step.finishedAt?.toISOString() ?? null,
    })),
    blockers: record.blockers.map((blocker) => explainBlocker(blocker, record)),
    projectWait: projectWaitOf(record),
    shareWhenReady: record.shareWhenReady,
    workflowId: record.workflowId,
    clientId: record.clientId,
    clientName: record.clientName,
    createdAt: record.createdAt.toISOString(),
  };
}

/** Stalled, nobody is reminded any more. */
function projectWaitOf({ state, stateSince, remindersSent }: OnboardingRecord): Onboarding['projectWait'] {
  if (state === 'stalled') return { remindersSent, nextReminderAt: null, stallsAt: null };
  if (state !== 'waiting_for_project') return null;
  const { reminderAtMs, stallAtMs } = alarmsAhead(defaultWaitingPolicy, { sinceMs: stateSince.getTime(), remindersSent });
  return {
    remindersSent,
    nextReminderAt: reminderAtMs === null ? null : new Date(reminderAtMs).toISOString(),
    stallsAt: new Date(stallAtMs).toISOString(),
  };
}

export interface StartedOnboarding {
  id: OnboardingId;
  workflowId: string;
  source: OnboardingSource;
  /** Null where what was asked for is not at hand. */
  shareWhenReady: boolean | null;
  createdAt: Date;
}

/** An onboarding that Temporal has and no worker has come to yet: nothing of it is in the database. */
export function presentStartedOnboarding(started: StartedOnboarding): Onboarding {
  return {
    id: started.id,
    state: 'running',
    stateSince: started.createdAt.toISOString(),
    source: started.source,
    steps: stepNames.map((name) => ({ name, state: 'pending', attempts: 0, startedAt: null, finishedAt: null, detail: null })),
    blockers: [],
    projectWait: null,
    shareWhenReady: started.shareWhenReady,
    workflowId: started.workflowId,
    clientId: null,
    clientName: null,
    createdAt: started.createdAt.toISOString(),
  };
}
