import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, OnboardingId } from '../domain/ids.ts';
import { isHeldByAnother, lockClient } from './client-lock.ts';
import { putUnderClient } from './project-assignment.ts';

export interface ClientArchive {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  onboardingId: OnboardingId;
}

/** Archives the client of an onboarding that is undone, unless another onboarding has it as well. Tells whether it did. */
export async function archiveUnlessHeld(tx: TenantTransaction, archive: ClientArchive): Promise<boolean> {
  await lockClient(tx, archive.agencyId, archive.clientId);
  if (await isHeldByAnother(tx, archive, archive.clientId)) return false;
  return archiveClient(tx, archive);
}

/** Archives an active client: its projects are unassigned, their sharing ends, its slot is free. A client that is not active stays as it is. */
async function archiveClient(tx: TenantTransaction, { agencyId, clientId, actor, onboardingId }: ClientArchive): Promise<boolean> {
  const archived = await tx
    .updateTable('clients')
    .set((eb) => ({ state: 'archived', version: eb('version', '+', 1), updated_at: sql<Date>`now()` }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .where('state', '=', 'active')
    .returning('id')
    .executeTakeFirst();
  if (!archived) return false;
  const projects = await tx
    .selectFrom('projects')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const by = { agencyId, actor, onboardingId };
  await Promise.all([
    ...projects.map(({ id }) => putUnderClient(tx, { ...by, projectId: id, from: clientId, clientId: null })),
    tx
      .updateTable('plans')
      .set((eb) => ({ client_slots_used: eb('client_slots_used', '-', 1) }))
      .where('agency_id', '=', agencyId)
      .execute(),
    recordEvent(tx, { ...by, clientId, kind: 'client.archived', before: { state: 'active' }, after: { state: 'archived' } }),
  ]);
  return true;
}
