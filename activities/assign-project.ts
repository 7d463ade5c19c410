import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId, ProjectId } from '../domain/ids.ts';
import { type Blocker, hasTurnedBack } from '../domain/onboarding.ts';
import { lockClient } from './client-lock.ts';
import { type EndedOnboarding, endedOnboarding, lockOnboarding, type OnboardingKey, recordProgress, sameBlockers, sinceMsIn } from './onboarding-record.ts';
import { lockProject, putUnderClient } from './project-assignment.ts';
import type { StepRun } from './step-run.ts';

export interface AssignProjectInput extends OnboardingKey {
  clientId: ClientId;
  actor: Actor;
  projectId: ProjectId | null;
  projectDomain: string | null;
}

export type AssignProjectResult =
  | { outcome: 'assigned'; projectId: ProjectId }
  /** No project to take: since when (ms since the epoch) and how often the owners were reminded, so that a restart counts on from there. */
  | { outcome: 'waiting'; state: 'waiting_for_project' | 'stalled'; blocker: Blocker; sinceMs: number; remindersSent: number }
  | EndedOnboarding;

/**
 * Step 3: the onboarding has a project of its client. In this order: one the client has already; the one asked for, while it is unassigned;
 * the agency's only unassigned project of the domain; else it waits.
 * Never takes a project from another client, nor back from whoever moved it away: that is a separate, explicit act (`move-project.ts`). An archived client gets none.
 * Idempotent: a project that the client has is found, not assigned again.
 */
export async function assignProject(db: Kysely<Database>, input: AssignProjectInput, run: StepRun): Promise<AssignProjectResult> {
  return inTenant(db, input.agencyId, async (tx, closing) => {
    const [onboarding, client, wished] = await Promise.all([
      lockOnboarding(tx, input),
      lockClient(tx, input.agencyId, input.clientId),
      input.projectId === null ? undefined : lockProject(tx, input.agencyId, input.projectId),
    ]);
    if (!onboarding || hasTurnedBack(onboarding.state)) return endedOnboarding(tx, input, onboarding);
    // An earlier run had come to the step behind this one, which looks for itself whether the project is still there.
    const settled = onboarding.state === 'waiting_for_status' || onboarding.state === 'ready_to_share';
    if (settled && onboarding.project_id) return { outcome: 'assigned', projectId: onboarding.project_id };

    // What the request asked for is not taken back from whoever moved it away.
    const wish = onboarding.project_moved_away ? { ...input, projectId: null, projectDomain: null } : input;
    const found = client?.state === 'active' ? await findProject(tx, wish, wished) : archived;
    if (found.projectId !== null) {
      const { projectId } = found;
      const newly = !found.alreadyAssigned;
      closing(
        newly && putUnderClient(tx, { ...input, projectId, from: null }),
        recordProgress(tx, input, run, {
          from: onboarding,
          step: { name: 'assign_project', state: 'done', detail: null },
          onboarding: { state: 'running', blockers: [], projectId, ...(newly && { projectAssigned: true }) },
        }),
      );
      return { outcome: 'assigned', projectId };
    }

    const { blocker } = found;
    const state = onboarding.state === 'stalled' ? 'stalled' : 'waiting_for_project';
    const waits = onboarding.state === state;
    const unassigned = { projectId: null, projectAssigned: false, ...(!waits && { remindersSent: 0 }) };
    closing(
      recordProgress(tx, input, run, {
        from: onboarding,
        step: { name: 'assign_project', state: 'waiting', detail: blocker.code },
        onboarding: { state, blockers: [blocker], ...unassigned },
        events:
          waits && sameBlockers(onboarding.blockers, [blocker])
            ? []
            : [{ ...input, projectId: null, kind: 'onboarding.waiting', after: { for: 'project', code: blocker.code } }],
      }),
    );
    return { outcome: 'waiting', state, blocker, sinceMs: sinceMsIn(state, onboarding), remindersSent: waits ? onboarding.reminders_sent : 0 };
  });
}

type Found = { projectId: ProjectId; alreadyAssigned: boolean } | { projectId: null; blocker: Blocker };

const archived: Found = { projectId: null, blocker: { code: 'CLIENT_ARCHIVED', reason: null } };

/** @param wished the project asked for, locked */
async function findProject(
  tx: TenantTransaction,
  { agencyId, clientId, projectId, projectDomain }: AssignProjectInput,
  wished: Awaited<ReturnType<typeof lockProject>>,
): Promise<Found> {
  const noProject: Found = { projectId: null, blocker: { code: 'NO_PROJECT_YET', reason: null } };
  if (projectId) {
    if (wished?.client_id === clientId) return { projectId, alreadyAssigned: true };
    if (wished?.client_id === null) return { projectId, alreadyAssigned: false };
    const code = wished ? 'PROJECT_ALREADY_ASSIGNED' : 'PROJECT_BELONGS_TO_ANOTHER_AGENCY';
    const own = await projectOfClient(tx, agencyId, clientId);
    return own ?? { projectId: null, blocker: { code, reason: 'it was assigned elsewhere meanwhile' } };
  }
  const own = await projectOfClient(tx, agencyId, clientId);
  if (own || !projectDomain) return own ?? noProject;
  const candidates = await tx
    .selectFrom('projects')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('domain', '=', projectDomain)
    .where('client_id', 'is', null)
    .limit(2)
    .forUpdate()
    .execute();
  const [only] = candidates;
  if (only && candidates.length === 1) return { projectId: only.id, alreadyAssigned: false };
  return { projectId: null, blocker: { code: 'NO_PROJECT_YET', reason: `${only ? 'several' : 'no'} unassigned projects of ${projectDomain}` } };
}

async function projectOfClient(tx: TenantTransaction, agencyId: AssignProjectInput['agencyId'], clientId: ClientId): Promise<Found | null> {
  const own = await tx
    .selectFrom('projects')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return own ? { projectId: own.id, alreadyAssigned: true } : null;
}
