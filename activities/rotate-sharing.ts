import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId } from '../domain/ids.ts';
import type { ActivityDeps } from './index.ts';
import { isOver } from './open-sharing.ts';
import { lockProject } from './project-assignment.ts';
import { lockSharing, mintLinks, type SharingKey } from './share-link.ts';

export interface RotateSharingInput extends SharingKey {
  actor: Actor;
  requestId: string;
  workflowId: string;
}

export type RotateSharingResult =
  | { outcome: 'made'; clientId: ClientId }
  /** The same request was carried out before. */
  | { outcome: 'shared'; clientId: ClientId }
  | { outcome: 'refused'; code: 'SHARE_EXPIRED' | 'NOT_FOUND' };

/**
 * Retires the links of a shared report at once and makes others, to be looked at before they are given. What is shared stays as it is, so nothing is
 * verified anew: a link that has gone astray is replaced whatever the plan says. Idempotent by the request.
 */
export async function rotateSharing({ db, secrets }: ActivityDeps, input: RotateSharingInput): Promise<RotateSharingResult> {
  const { agencyId, projectId, actor, requestId } = input;
  return inTenant(db, agencyId, async (tx) => {
    const [project, sharing] = await Promise.all([lockProject(tx, agencyId, projectId), lockSharing(tx, input)]);
    if (!project) return { outcome: 'refused', code: 'NOT_FOUND' };
    const { client_id: clientId, state, expires_at: expiresAt, shared_at: sharedAt } = sharing ?? { client_id: null, state: 'private' };
    if (clientId && sharing?.request_id === requestId && (state === 'checking' || state === 'shared')) {
      return { outcome: state === 'checking' ? 'made' : 'shared', clientId };
    }
    if (!clientId || state !== 'shared' || isOver(expiresAt ?? null)) return { outcome: 'refused', code: 'SHARE_EXPIRED' };
    await mintLinks(tx, secrets, { ...input, clientId, expiresAt: expiresAt ?? null, sharedAt: sharedAt ?? null });
    await recordEvent(tx, { agencyId, projectId, clientId, actor, kind: 'sharing.rotated' });
    return { outcome: 'made', clientId };
  });
}
