import type { Kysely } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, ProjectId } from '../domain/ids.ts';
import { statesThatWaitForProject } from '../domain/onboarding.ts';
import { refuseAssignment } from './move-project.ts';

export interface CreateProjectInput {
  agencyId: AgencyId;
  projectId: ProjectId;
  actor: Actor;
  name: string;
  domain: string;
  /** Under which client, or null for an unassigned project. */
  clientId: ClientId | null;
}

export type CreateProjectResult = { outcome: 'created'; waitingWorkflowIds: string[] } | { outcome: 'refused'; code: 'NOT_FOUND' | 'CLIENT_ARCHIVED' };

/** A project of the agency, unassigned or under an active client. Idempotent by the project's id. */
export async function createProject(db: Kysely<Database>, input: CreateProjectInput): Promise<CreateProjectResult> {
  const { agencyId, projectId, actor, name, domain, clientId } = input;
  return inTenant(db, agencyId, async (tx) => {
    const refused = clientId ? await refuseAssignment(tx, agencyId, clientId) : null;
    if (refused) return { outcome: 'refused', code: refused };
    const inserted = await tx
      .insertInto('projects')
      .values({ agency_id: agencyId, id: projectId, name, domain, client_id: clientId })
      .onConflict((conflict) => conflict.columns(['agency_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted) await recordEvent(tx, { agencyId, projectId, clientId, actor, kind: 'project.created', after: { name, domain, clientId } });
    // One may wait for any project of its client, another for the unassigned one of a domain.
    return { outcome: 'created', waitingWorkflowIds: await waitingOnboardings(reading(tx), agencyId, { states: statesThatWaitForProject }) };
  });
}
