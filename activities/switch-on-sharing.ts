import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { expireLinks } from './expire-sharing.ts';
import type { ActivityDeps } from './index.ts';
import { isOver } from './open-sharing.ts';
import { lockProject } from './project-assignment.ts';
import { lockSharing, type SharingKey } from './share-link.ts';

export interface SwitchOnSharingInput extends SharingKey {
  actor: Actor;
  requestId: string;
}

export interface SwitchOnSharingResult {
  /** False where the links were retired while their page was looked at, or their end came. */
  on: boolean;
  /** Their end came. */
  over?: true;
}

/**
 * Gives the links that a request made. Whatever would have ended the sharing meanwhile has retired them in its own transaction, so that they are
 * still there is all that needs to be asked. Idempotent by the request.
 */
export async function switchOnSharing({ db }: ActivityDeps, input: SwitchOnSharingInput): Promise<SwitchOnSharingResult> {
  const { agencyId, projectId, actor, requestId } = input;
  return inTenant(db, agencyId, async (tx) => {
    const [, sharing] = await Promise.all([lockProject(tx, agencyId, projectId), lockSharing(tx, input)]);
    if (sharing?.request_id !== requestId) return { on: false };
    if (sharing.state !== 'checking') return { on: sharing.state === 'shared' };
    if (isOver(sharing.expires_at)) {
      await expireLinks(tx, input, sharing);
      return { on: false, over: true };
    }
    const isNew = sharing.shared_at === null;
    await Promise.all([
      tx
        .updateTable('sharings')
        .set({ state: 'shared', ...(isNew && { shared_at: sql<Date>`now()` }) })
        .where('agency_id', '=', agencyId)
        .where('project_id', '=', projectId)
        .execute(),
      isNew &&
        recordEvent(tx, {
          agencyId,
          projectId,
          clientId: sharing.client_id,
          actor,
          kind: 'sharing.started',
          after: { expiresAt: sharing.expires_at?.toISOString() ?? null },
        }),
    ]);
    return { on: true };
  });
}
