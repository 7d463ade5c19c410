import { sql } from 'kysely';
import { type NewEvent, withEvents } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import { moveEndsSharing, moveKind } from '../domain/project-move.ts';
import { endSharing } from './end-sharing.ts';

/** The project's assignment, locked; undefined when it is not this agency's. */
export async function lockProject(tx: TenantTransaction, agencyId: AgencyId, projectId: ProjectId) {
  return tx.selectFrom('projects').select('client_id').where('agency_id', '=', agencyId).where('id', '=', projectId).forUpdate().executeTakeFirst();
}

export interface Assignment {
  agencyId: AgencyId;
  projectId: ProjectId;
  /** The client that has it until now. */
  from: ClientId | null;
  /** The client that has it from now on. */
  clientId: ClientId | null;
  actor: Actor;
  onboardingId?: OnboardingId;
}

/** Moves a locked project under a client, or under none. Leaving a client ends its sharing in the same transaction; its workflow is to be told. */
export async function putUnderClient(tx: TenantTransaction, assignment: Assignment): Promise<string[]> {
  const { agencyId, projectId, from, clientId, actor, onboardingId = null } = assignment;
  const move = moveKind(from, clientId);
  if (move === 'unchanged') return [];
  const kind = `project.${move}` as const;
  const told: NewEvent = { agencyId, projectId, clientId: clientId ?? from, onboardingId, actor, kind, before: { clientId: from }, after: { clientId } };
  const [, ended] = await Promise.all([
    withEvents(tx, [told])
      .updateTable('projects')
      .set({ client_id: clientId, updated_at: sql<Date>`now()` })
      .where('agency_id', '=', agencyId)
      .where('id', '=', projectId)
      .execute(),
    moveEndsSharing(from, clientId) ? endSharing(tx, { agencyId, projectId, actor, because: kind }) : [],
  ]);
  return ended;
}
