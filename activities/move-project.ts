import type { Kysely } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import { refuseMove } from '../domain/project-move.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { lockClient } from './client-lock.ts';
import { lockOnboarding, type OnboardingKey } from './onboarding-record.ts';
import { lockProject, putUnderClient } from './project-assignment.ts';
import type { StepRun } from './step-run.ts';

export interface MoveProjectInput {
  agencyId: AgencyId;
  projectId: ProjectId;
  /** The client that has it from now on, or null to unassign. */
  clientId: ClientId | null;
  actor: Actor;
  onboardingId?: OnboardingId;
}

export type MoveProjectResult =
  /** The unfinished onboardings of the client that lost it and of the one that has it now, and the sharing that ended with the move. */
  | { outcome: 'moved'; waitingWorkflowIds: string[] }
  | { outcome: 'unchanged' }
  | { outcome: 'refused'; code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' | 'CLIENT_ARCHIVED' | 'NOT_FOUND' };

/**
 * Puts a project under a client, takes it from another where one has it, or unassigns it. Idempotent: where it is already, nothing changes, nor where
 * somebody has moved it on since.
 */
export async function moveProject(db: Kysely<Database>, input: MoveProjectInput, run: StepRun = firstAttempt): Promise<MoveProjectResult> {
  const { agencyId, projectId, clientId, onboardingId } = input;
  return inTenant(db, agencyId, async (tx) => {
    if (onboardingId) await lockOnboarding(tx, { agencyId, onboardingId });
    const refused = clientId ? await refuseAssignment(tx, agencyId, clientId) : null;
    if (refused) return { outcome: 'refused', code: refused };
    const project = await lockProject(tx, agencyId, projectId);
    if (!project) return { outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' };
    const from = project.client_id;
    if (from === clientId || (await wasCarriedOut(tx, run, input, 'project.assigned', 'project.moved', 'project.unassigned'))) return { outcome: 'unchanged' };
    const ended = await putUnderClient(tx, { ...input, from });
    if (onboardingId) await markAssignedBy(tx, { agencyId, onboardingId }, projectId);
    const clientIds = [from, clientId].filter((id) => id !== null);
    return { outcome: 'moved', waitingWorkflowIds: [...(await waitingOnboardings(reading(tx), agencyId, { clientIds })), ...ended] };
  });
}

/** May a project be put under this client? Holds the client as it is until the transaction ends. */
export async function refuseAssignment(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<'NOT_FOUND' | 'CLIENT_ARCHIVED' | null> {
  const client = await lockClient(tx, agencyId, clientId);
  return refuseMove(client?.state ?? null);
}

/** So that cancelling the onboarding releases the project, even before its third step has seen it. */
async function markAssignedBy(tx: TenantTransaction, { agencyId, onboardingId }: OnboardingKey, projectId: ProjectId) {
  await tx
    .updateTable('onboardings')
    .set({ project_id: projectId, project_assigned: true })
    .where('agency_id', '=', agencyId)
    .where('id', '=', onboardingId)
    .execute();
}
