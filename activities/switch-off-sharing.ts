import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { endSharing } from './end-sharing.ts';
import type { ActivityDeps } from './index.ts';
import { lockProject } from './project-assignment.ts';
import type { SharingKey } from './share-link.ts';

export interface SwitchOffSharingInput extends SharingKey {
  actor: Actor;
  /** What an outsider would have seen that nobody should, or not seen; empty where somebody simply switches it off. */
  faults: string[];
}

export interface SwitchOffSharingResult {
  outcome: 'off' | 'not_found';
}

/** Ends a project's sharing because somebody wants it ended, or because its page is not what it should be. Idempotent by state. */
export async function switchOffSharing({ db }: ActivityDeps, input: SwitchOffSharingInput): Promise<SwitchOffSharingResult> {
  const { agencyId, projectId, actor, faults } = input;
  return inTenant(db, agencyId, async (tx) => {
    const project = await lockProject(tx, agencyId, projectId);
    if (!project) return { outcome: 'not_found' };
    const ended = await endSharing(tx, { agencyId, projectId, actor, because: faults.length > 0 ? 'check_failed' : 'switched_off' });
    if (faults.length > 0 && ended.length > 0) {
      await recordEvent(tx, { agencyId, projectId, clientId: project.client_id, actor, kind: 'sharing.check_failed', after: { faults } });
    }
    return { outcome: 'off' };
  });
}
