import { selectEvents, toEvent } from '../../db/read/event-records.ts';
import { reading } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { EventKind } from '../../domain/event.ts';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import type { StepName, StepState } from '../../domain/onboarding.ts';
import type { TestDatabase } from './database.ts';

/** The client's row, or undefined when there is none. */
export function clientRow({ admin }: TestDatabase, agencyId: AgencyId, clientId: ClientId) {
  return admin.selectFrom('clients').selectAll().where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirst();
}

export function onboardingRow({ admin }: TestDatabase, agencyId: AgencyId, onboardingId: OnboardingId) {
  return admin.selectFrom('onboardings').selectAll().where('agency_id', '=', agencyId).where('id', '=', onboardingId).executeTakeFirstOrThrow();
}

export function stepRow({ admin }: TestDatabase, agencyId: AgencyId, onboardingId: OnboardingId, name: StepName) {
  return admin
    .selectFrom('onboarding_steps')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
}

/** The states of an onboarding's four steps, in order. */
export async function stepStates({ admin }: TestDatabase, agencyId: AgencyId, onboardingId: OnboardingId): Promise<StepState[]> {
  const steps = await admin
    .selectFrom('onboarding_steps')
    .select('state')
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .orderBy('position')
    .execute();
  return steps.map(({ state }) => state);
}

export function projectRow({ admin }: TestDatabase, agencyId: AgencyId, projectId: ProjectId) {
  return admin.selectFrom('projects').selectAll().where('agency_id', '=', agencyId).where('id', '=', projectId).executeTakeFirstOrThrow();
}

export function sharingRow({ admin }: TestDatabase, agencyId: AgencyId, projectId: ProjectId) {
  return admin.selectFrom('sharings').selectAll().where('agency_id', '=', agencyId).where('project_id', '=', projectId).executeTakeFirst();
}

/** How many client slots the plan says are taken, and how many active clients there are: always the same number. */
export async function slots({ admin }: TestDatabase, agencyId: AgencyId): Promise<{ used: number; active: number }> {
  const { used, active } = await admin
    .selectFrom('plans')
    .where('agency_id', '=', agencyId)
    .select((eb) => [
      'client_slots_used as used',
      eb
        .selectFrom('clients')
        .whereRef('clients.agency_id', '=', 'plans.agency_id')
        .where('clients.state', '=', 'active')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('active'),
    ])
    .executeTakeFirstOrThrow();
  return { used, active: active ?? 0 };
}

export interface WrittenEvent {
  kind: string;
  actor: Actor;
  client_id: ClientId | null;
  project_id: ProjectId | null;
  onboarding_id: OnboardingId | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  at: Date;
}

/** The agency's history, or its events of some kinds. Their ids follow the clock, so behind a lock they are in the order of its holders. */
export async function events({ admin }: TestDatabase, agencyId: AgencyId, ...kinds: EventKind[]): Promise<WrittenEvent[]> {
  let query = selectEvents(reading(admin), agencyId);
  if (kinds.length > 0) query = query.where('event.kind', 'in', kinds);
  const rows = await query.orderBy('event.id').execute();
  return rows.map((row) => {
    const { kind, actor, clientId, projectId, onboardingId, before, after, at } = toEvent(row);
    return { kind, actor, client_id: clientId, project_id: projectId, onboarding_id: onboardingId, before, after, at };
  });
}

/** How often each kind of event was written. */
export async function eventCounts(database: TestDatabase, agencyId: AgencyId): Promise<Partial<Record<EventKind, number>>> {
  const counts: Record<string, number> = {};
  for (const { kind } of await events(database, agencyId)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
