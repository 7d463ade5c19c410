import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ProjectId } from '../domain/ids.ts';

export interface SharingEnd {
  agencyId: AgencyId;
  projectId: ProjectId;
  actor: Actor;
  because: string;
}

/** Switches a project's sharing off and retires its token, so that an old link never opens what comes after. */
export async function endSharing(tx: TenantTransaction, { agencyId, projectId, actor, because }: SharingEnd): Promise<void> {
  const ended = await tx
    .updateTable('sharings')
    .set({ state: 'disabled', token_hash: null })
    .where('agency_id', '=', agencyId)
    .where('project_id', '=', projectId)
    .where('state', '=', 'shared')
    .returning('client_id')
    .executeTakeFirst();
  if (ended) await recordEvent(tx, { agencyId, projectId, clientId: ended.client_id, actor, kind: 'sharing.ended', after: { because } });
}
