import { type QueryCreator, sql } from 'kysely';
import { onboardingChannel, onboardingSubject } from '../db/channels.ts';
import { type NewEvent, withEvents } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import { type Blocker, isEnded, mayBecome, type OnboardingState, type StepName, type StepState } from '../domain/onboarding.ts';
import { settleRowOf } from './import-record.ts';
import type { StepRun } from './step-run.ts';

/** Which onboarding an activity works for. */
export interface OnboardingKey {
  agencyId: AgencyId;
  onboardingId: OnboardingId;
}

/** The onboarding as it stands, locked: whoever else works for it waits until this transaction ends. */
export async function lockOnboarding(tx: TenantTransaction, { agencyId, onboardingId }: OnboardingKey) {
  return tx
    .selectFrom('onboardings')
    .select([
      'state',
      'state_since',
      'client_id',
      'client_created',
      'project_id',
      'project_assigned',
      'project_moved_away',
      'blockers',
      'reminders_sent',
      'actor',
      'share_when_ready',
      'share_chosen_by',
      // What this transaction writes as "since", to the millisecond as it is kept.
      sql<Date>`now()::timestamptz(3)`.as('now'),
    ])
    .where('agency_id', '=', agencyId)
    .where('id', '=', onboardingId)
    .forUpdate()
    .executeTakeFirst();
}

/** The states of the steps by name, none where there is no such onboarding; read them behind the onboarding's lock. */
export async function stepStates(tx: TenantTransaction, { agencyId, onboardingId }: OnboardingKey): Promise<Partial<Record<StepName, StepState>>> {
  const steps = await tx
    .selectFrom('onboarding_steps')
    .select(['name', 'state'])
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .execute();
  return Object.fromEntries(steps.map(({ name, state }) => [name, state]));
}

/** The onboarding goes no further, and how it stands; of one that an earlier release found so only the state is known. */
export interface EndedOnboarding {
  outcome: 'ended';
  state: OnboardingState;
  standing?: { sinceMs: number; blockers: Blocker[]; steps: Partial<Record<StepName, StepState>> };
}

/** What a step answers that is not to be done any more; ask behind the onboarding's lock. */
export async function endedOnboarding(tx: TenantTransaction, key: OnboardingKey, found: Awaited<ReturnType<typeof lockOnboarding>>): Promise<EndedOnboarding> {
  if (!found) return { outcome: 'ended', state: 'cancelled' };
  const { state, blockers } = found;
  return { outcome: 'ended', state, standing: { sinceMs: found.state_since.getTime(), blockers, steps: await stepStates(tx, key) } };
}

/** Since when the onboarding is in the state that it is told to be in, in ms since the epoch; read it as it was locked. */
export function sinceMsIn(state: OnboardingState, found: { state: OnboardingState; state_since: Date; now: Date }): number {
  return (found.state === state ? found.state_since : found.now).getTime();
}

export interface StepChange {
  name: StepName;
  state: StepState;
  detail: string | null;
}

const finishedStates: readonly StepState[] = ['done', 'skipped', 'refused', 'undone'];

/** Writes what a run of a step came to. Attempts add up over retries and re-checks. */
export function recordStep(tx: TenantTransaction, key: OnboardingKey, change: StepChange, run: StepRun): Promise<unknown> {
  return stepUpdate(tx, key, change, run).execute();
}

/** An onboarding as its change leaves it; read it behind its lock. */
export interface LeftOnboarding {
  state: OnboardingState;
  client_id: ClientId | null;
  client_created: boolean;
}

/** A step that says where the onboarding stands, which is at `from` until now. */
export interface Progress {
  from: LeftOnboarding;
  step: StepChange;
  onboarding: OnboardingChange;
  /** What the history tells of it, in this order. */
  events?: readonly NewEvent[];
}

/** `recordStep`, `recordOnboarding` and `recordEvent` in one statement. */
export function recordProgress(tx: TenantTransaction, key: OnboardingKey, run: StepRun, { from, step, onboarding, events = [] }: Progress): Promise<unknown> {
  const withRest = withEvents(tx, events).with('step', (db) => stepUpdate(db, key, step, run));
  return Promise.all([onboardingUpdate(withRest, key, from.state, onboarding).execute(), settleImported(tx, key, from, onboarding)]);
}

function stepUpdate(db: QueryCreator<Database>, { agencyId, onboardingId }: OnboardingKey, { name, state, detail }: StepChange, run: StepRun) {
  return db
    .updateTable('onboarding_steps')
    .set((eb) => ({
      state,
      detail,
      attempts: eb('attempts', '+', run.attempt),
      started_at: eb.fn.coalesce('started_at', eb.val(run.startedAt)),
      finished_at: finishedStates.includes(state) ? sql<Date>`now()` : null,
    }))
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .where('name', '=', name);
}

/** The onboarding ends: steps that it never came to, or waited in, are skipped. */
export async function skipOpenSteps(tx: TenantTransaction, { agencyId, onboardingId }: OnboardingKey) {
  await tx
    .updateTable('onboarding_steps')
    .set({ state: 'skipped', finished_at: sql<Date>`now()` })
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .where('state', 'in', ['pending', 'running', 'waiting'])
    .execute();
}

export interface OnboardingChange {
  state: OnboardingState;
  blockers: Blocker[];
  clientId?: ClientId;
  clientCreated?: boolean;
  projectId?: ProjectId | null;
  projectAssigned?: boolean;
  projectMovedAway?: true;
  remindersSent?: number;
}

/**
 * Writes where the onboarding stands and tells the API processes at commit. A state that stays keeps its "since".
 * Throws at once where the state that is left, that of `from`, does not lead there.
 */
export function recordOnboarding(tx: TenantTransaction, key: OnboardingKey, from: LeftOnboarding, change: OnboardingChange): Promise<unknown> {
  return Promise.all([onboardingUpdate(tx, key, from.state, change).execute(), settleImported(tx, key, from, change)]);
}

function onboardingUpdate(db: QueryCreator<Database>, { agencyId, onboardingId }: OnboardingKey, from: OnboardingState, change: OnboardingChange) {
  if (!mayBecome(change.state).includes(from)) throw new Error(`onboarding ${onboardingId} may not become ${change.state} from ${from}`);
  return db
    .updateTable('onboardings')
    .set({
      state: change.state,
      ...(change.state !== from && { state_since: sql<Date>`now()` }),
      blockers: JSON.stringify(change.blockers),
      finished_at: isEnded(change.state) ? sql<Date>`now()` : null,
      ...(change.clientId !== undefined && { client_id: change.clientId }),
      ...(change.clientCreated !== undefined && { client_created: change.clientCreated }),
      ...(change.projectId !== undefined && { project_id: change.projectId }),
      ...(change.projectAssigned !== undefined && { project_assigned: change.projectAssigned }),
      ...(change.projectMovedAway && { project_moved_away: true }),
      ...(change.remindersSent !== undefined && { reminders_sent: change.remindersSent }),
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', onboardingId)
    .returning(tellOfOnboarding({ agencyId, onboardingId }));
}

/** In these an onboarding leaves the row of its import open, which the import does not wait for. */
const statesThatLeaveRowsOpen: readonly OnboardingState[] = ['waiting_for_allowance', 'needs_attention'];

function settleImported(tx: TenantTransaction, key: OnboardingKey, from: LeftOnboarding, change: OnboardingChange): Promise<unknown> | false {
  return statesThatLeaveRowsOpen.includes(from.state) && change.state !== from.state && settleRowOf(tx, key, from, change);
}

/** For `returning`: the API processes are told at commit that the onboarding has changed. */
export function tellOfOnboarding({ agencyId, onboardingId }: OnboardingKey) {
  return sql`pg_notify(${onboardingChannel}, ${onboardingSubject(agencyId, onboardingId)})`.as('told');
}

/** Do two lists of blockers say the same? Then there is no new event to tell. */
export function sameBlockers(a: Blocker[], b: Blocker[]): boolean {
  return a.length === b.length && a.every(({ code, reason }, index) => code === b[index]?.code && reason === b[index]?.reason);
}
