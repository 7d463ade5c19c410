import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, OnboardingId } from '../domain/ids.ts';
import { isHeldByAnother, lockClient } from './client-lock.ts';
import { freeSlot } from './client-slot.ts';
import { leaveAtOnce } from './offboarding-record.ts';
import { putUnderClient } from './project-assignment.ts';

export interface ClientArchive {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  /** The onboarding whose undo it is part of. */
  onboardingId?: OnboardingId;
}

/** Archives the client of an onboarding that is undone, unless another onboarding has it as well. Tells whether it did. */
export async function archiveUnlessHeld(tx: TenantTransaction, archive: Required<ClientArchive>): Promise<boolean> {
  const client = await lockClient(tx, archive.agencyId, archive.clientId);
  if (client?.state !== 'active' || (await isHeldByAnother(tx, archive, archive.clientId))) return false;
  await archiveLocked(tx, archive, client.state);
  return true;
}

/**
 * Archives a locked client: its projects are unassigned, their sharing ends, and the slot of one that was active is free. The projects it had
 * are remembered, so that a restore can give them back. One that was to leave has left. Returns the workflows that are to be told.
 */
export async function archiveLocked(
  tx: TenantTransaction,
  { agencyId, clientId, actor, onboardingId }: ClientArchive,
  state: 'pending' | 'active',
): Promise<string[]> {
  const left = await leaveAtOnce(tx, agencyId, clientId);
  const projects = await tx
    .selectFrom('projects')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const projectIds = projects.map(({ id }) => id);
  const by = { agencyId, actor, ...(onboardingId && { onboardingId }) };
  const [ended] = await Promise.all([
    Promise.all(projectIds.map((projectId) => putUnderClient(tx, { ...by, projectId, from: clientId, clientId: null }))),
    tx
      .updateTable('clients')
      .set((eb) => ({
        state: 'archived',
        archived_at: sql<Date>`now()`,
        former_projects: projectIds,
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
      }))
      .where('agency_id', '=', agencyId)
      .where('id', '=', clientId)
      .execute(),
    state === 'active' && freeSlot(tx, agencyId),
    recordEvent(tx, { ...by, clientId, kind: 'client.archived', before: { state }, after: { state: 'archived' } }),
  ]);
  return [...left, ...ended.flat()];
}
