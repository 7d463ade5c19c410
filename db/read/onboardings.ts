import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import { type Blocker, isEnded, type OnboardingSource, type OnboardingState, type StepName, type StepState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

export interface StepRecord {
  name: StepName;
  state: StepState;
  attempts: number;
  startedAt: Date | null;
  finishedAt: Date | null;
  detail: string | null;
}

/** An onboarding with its steps in order. */
export interface OnboardingRecord {
  id: OnboardingId;
  workflowId: string;
  source: OnboardingSource;
  state: OnboardingState;
  stateSince: Date;
  clientId: ClientId | null;
  clientName: string | null;
  projectId: ProjectId | null;
  blockers: Blocker[];
  /** In the wait for a project that it is in, or was in last. */
  remindersSent: number;
  /** Is the report shared by itself as soon as it may be? Null where only the workflow knows. */
  shareWhenReady: boolean | null;
  steps: StepRecord[];
  createdAt: Date;
}

/** The agency's onboardings with their steps, for the queries of this folder to narrow. */
export function selectOnboardings(reader: TenantReader, agencyId: AgencyId) {
  return reader
    .selectFrom('onboardings as onboarding')
    .leftJoin('clients as client', (join) => join.onRef('client.agency_id', '=', 'onboarding.agency_id').onRef('client.id', '=', 'onboarding.client_id'))
    .where('onboarding.agency_id', '=', agencyId)
    .select((eb) => [
      'onboarding.id',
      'onboarding.workflow_id',
      'onboarding.source',
      'onboarding.state',
      'onboarding.state_since',
      'onboarding.client_id',
      'client.name as client_name',
      'onboarding.project_id',
      'onboarding.blockers',
      'onboarding.reminders_sent',
      'onboarding.share_when_ready',
      'onboarding.created_at',
      jsonArrayFrom(
        eb
          .selectFrom('onboarding_steps as step')
          .whereRef('step.agency_id', '=', 'onboarding.agency_id')
          .whereRef('step.onboarding_id', '=', 'onboarding.id')
          .select(['step.name', 'step.state', 'step.attempts', 'step.started_at', 'step.finished_at', 'step.detail'])
          .orderBy('step.position'),
      ).as('steps'),
    ]);
}

interface StoredStep {
  name: StepName;
  state: StepState;
  attempts: number;
  /** Times inside JSON are text. */
  started_at: Date | string | null;
  finished_at: Date | string | null;
  detail: string | null;
}

export interface OnboardingRow {
  id: OnboardingId;
  workflow_id: string;
  source: OnboardingSource;
  state: OnboardingState;
  state_since: Date;
  client_id: ClientId | null;
  client_name: string | null;
  project_id: ProjectId | null;
  blockers: Blocker[];
  reminders_sent: number;
  share_when_ready: boolean | null;
  created_at: Date;
  steps: StoredStep[];
}

export function toOnboarding(row: OnboardingRow): OnboardingRecord {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    source: row.source,
    state: row.state,
    stateSince: row.state_since,
    clientId: row.client_id,
    clientName: row.client_name,
    projectId: row.project_id,
    blockers: row.blockers,
    remindersSent: row.reminders_sent,
    shareWhenReady: row.share_when_ready,
    steps: withRunningStep(row.steps.map(toStep), row.state),
    createdAt: row.created_at,
  };
}

function toStep({ name, state, attempts, started_at, finished_at, detail }: StoredStep): StepRecord {
  const time = (value: Date | string | null) => (value === null ? null : new Date(value));
  return { name, state, attempts, startedAt: time(started_at), finishedAt: time(finished_at), detail };
}

/** A step is written when it has come to something; until then, the first one that is still to come is the one that runs. */
function withRunningStep(steps: StepRecord[], state: OnboardingState): StepRecord[] {
  if (isEnded(state) || state === 'needs_attention' || steps.some((step) => step.state === 'waiting' || step.state === 'undone')) return steps;
  const next = steps.findIndex((step) => step.state === 'pending');
  return steps.map((step, index) => (index === next ? { ...step, state: 'running' } : step));
}
