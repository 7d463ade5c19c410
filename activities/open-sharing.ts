import { readProject } from '../db/read/project.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId } from '../domain/ids.ts';
import type { Blocker } from '../domain/onboarding.ts';
import { readiness } from '../domain/readiness.ts';
import type { ActivityDeps } from './index.ts';
import { lockProject } from './project-assignment.ts';
import { lockSharing, mintLinks, type SharingKey } from './share-link.ts';

export interface OpenSharingInput extends SharingKey {
  actor: Actor;
  /** The client it is meant for. */
  clientId?: ClientId;
  /** When the links end, RFC 3339; null for never; left out, as it is. */
  expiresAt?: string | null;
  /** The same request again finds the links it made. */
  requestId: string;
  workflowId: string;
}

export type OpenSharingResult =
  /** New links, whose page is to be looked at before anybody is given them. */
  | { outcome: 'made'; clientId: ClientId }
  /** The links that are given already. */
  | { outcome: 'shared'; clientId: ClientId }
  | { outcome: 'refused'; blockers: Blocker[] };

/**
 * Verifies that the project's report may be shared at this moment, and makes links or finds those that are given. Refuses with what stands in the
 * way, or with `NOT_FOUND`. Idempotent by the request.
 */
export async function openSharing({ db, secrets }: ActivityDeps, input: OpenSharingInput): Promise<OpenSharingResult> {
  const { agencyId, projectId, requestId } = input;
  return inTenant(db, agencyId, async (tx) => {
    const [assigned, sharing, project] = await Promise.all([
      lockProject(tx, agencyId, projectId),
      lockSharing(tx, input),
      readProject(reading(tx), agencyId, projectId),
    ]);
    if (!assigned || !project) return refusal({ code: 'NOT_FOUND', reason: null });
    const { blockers } = readiness(project, new Date());
    const { clientId } = project;
    if (blockers.length > 0 || !clientId) return { outcome: 'refused', blockers };
    // Whoever asked meant the client that had it: a wish, or a late attempt, never shares it with the one that has it now.
    if (input.clientId && input.clientId !== clientId) return refusal({ code: 'VERSION_CONFLICT', reason: 'another client has the project by now' });

    if (sharing?.state === 'checking' && sharing.request_id === requestId) return { outcome: 'made', clientId };
    if (sharing?.state === 'shared' && !isOver(sharing.expires_at)) {
      await moveEnd(tx, input, { clientId, from: sharing.expires_at });
      return { outcome: 'shared', clientId };
    }
    await mintLinks(tx, secrets, { ...input, clientId, expiresAt: input.expiresAt ? new Date(input.expiresAt) : null, sharedAt: null });
    return { outcome: 'made', clientId };
  });
}

const refusal = (blocker: Blocker): OpenSharingResult => ({ outcome: 'refused', blockers: [blocker] });

/** Has the end come by which links were given? */
export function isOver(expiresAt: Date | null): boolean {
  return expiresAt !== null && expiresAt <= new Date();
}

async function moveEnd(
  tx: TenantTransaction,
  { agencyId, projectId, actor, expiresAt }: OpenSharingInput,
  { clientId, from }: { clientId: ClientId; from: Date | null },
) {
  if (expiresAt === undefined || expiresAt === (from?.toISOString() ?? null)) return;
  const end = { expires_at: expiresAt };
  await Promise.all([
    tx.updateTable('sharings').set(end).where('agency_id', '=', agencyId).where('project_id', '=', projectId).execute(),
    tx.updateTable('share_tokens').set(end).where('agency_id', '=', agencyId).where('project_id', '=', projectId).where('retired_at', 'is', null).execute(),
    recordEvent(tx, {
      agencyId,
      projectId,
      clientId,
      actor,
      kind: 'sharing.changed',
      before: { expiresAt: from?.toISOString() ?? null },
      after: { expiresAt },
    }),
  ]);
}
