import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, ProjectId } from '../domain/ids.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { lockClient } from './client-lock.ts';
import { activateClient, type SlotBlocker, takeSlot } from './client-slot.ts';
import { putUnderClient } from './project-assignment.ts';
import type { StepRun } from './step-run.ts';

export interface RestoreClientInput {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
}

export type RestoreClientResult =
  | { outcome: 'restored' }
  | { outcome: 'unchanged' }
  | { outcome: 'refused'; code: 'NOT_FOUND' | SlotBlocker['code']; reason: string | null };

/**
 * Undoes an archive: the client takes a slot again and gets back the projects it had, as far as nobody has them now. What was shared stays off.
 * Refuses with `CLIENT_LIMIT_REACHED` and `AGENCY_PLAN_INELIGIBLE`. Idempotent by the client's state, and by its request where
 * somebody archived the client since.
 */
export async function restoreClient(db: Kysely<Database>, input: RestoreClientInput, run: StepRun = firstAttempt): Promise<RestoreClientResult> {
  const { agencyId, clientId, actor } = input;
  return inTenant(db, agencyId, async (tx) => {
    const client = await lockClient(tx, agencyId, clientId);
    if (!client) return { outcome: 'refused', code: 'NOT_FOUND', reason: null };
    if (client.state !== 'archived' || (await wasCarriedOut(tx, run, input, 'client.restored'))) return { outcome: 'unchanged' };
    const projects = await lockFormerProjects(tx, agencyId, clientId);
    const blocker = await takeSlot(tx, agencyId);
    if (blocker) return { outcome: 'refused', ...blocker };
    await Promise.all([
      activateClient(tx, agencyId, clientId),
      ...projects.map((projectId) => putUnderClient(tx, { agencyId, projectId, from: null, clientId, actor })),
      recordEvent(tx, { agencyId, clientId, actor, kind: 'client.restored', before: { state: 'archived' }, after: { state: 'active' } }),
    ]);
    return { outcome: 'restored' };
  });
}

/** The projects that the archive took from the client and that nobody has now. */
async function lockFormerProjects(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<ProjectId[]> {
  const { former_projects: former } = await tx
    .selectFrom('clients')
    .select('former_projects')
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  if (former.length === 0) return [];
  const projects = await tx
    .selectFrom('projects')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', 'in', former)
    .where('client_id', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return projects.map(({ id }) => id);
}
