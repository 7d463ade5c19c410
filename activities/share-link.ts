import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { SecretBox } from '../db/secret-box.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import { hashToken } from '../db/token-hash.ts';
import type { AgencyId, ClientId, ProjectId } from '../domain/ids.ts';

/** Which sharing an activity works for. */
export interface SharingKey {
  agencyId: AgencyId;
  projectId: ProjectId;
}

interface NewLinks extends SharingKey {
  clientId: ClientId;
  requestId: string;
  workflowId: string;
  expiresAt: Date | null;
  /** Null for a sharing that is new; one whose links are replaced has been shared since. */
  sharedAt: Date | null;
}

/** 256 random bits in base64url: 43 characters. */
function mintToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** New tokens in the place of whatever the project had; nobody is given them before their page was looked at. */
export async function mintLinks(tx: TenantTransaction, secrets: SecretBox, links: NewLinks): Promise<void> {
  const { agencyId, projectId, clientId, requestId, workflowId, expiresAt, sharedAt } = links;
  const [report, portal] = [mintToken(), mintToken()];
  const sharing = {
    client_id: clientId,
    state: 'checking',
    token_hash: report.hash,
    portal_hash: portal.hash,
    sealed_token: secrets.seal(report.token),
    sealed_portal_token: secrets.seal(portal.token),
    request_id: requestId,
    workflow_id: workflowId,
    expires_at: expiresAt,
    shared_at: sharedAt,
    reminded_at: null,
  } as const;
  const token = { agency_id: agencyId, project_id: projectId, client_id: clientId, expires_at: expiresAt };
  await Promise.all([
    retireLinks(tx, links),
    tx
      .insertInto('share_tokens')
      .values([
        { ...token, kind: 'report', hash: report.hash },
        { ...token, kind: 'portal', hash: portal.hash },
      ])
      .execute(),
    tx
      .insertInto('sharings')
      .values({ agency_id: agencyId, project_id: projectId, ...sharing })
      .onConflict((conflict) => conflict.columns(['agency_id', 'project_id']).doUpdateSet(sharing))
      .execute(),
  ]);
}

/** The project's links open nothing from now on, and never again. */
export async function retireLinks(tx: TenantTransaction, { agencyId, projectId }: SharingKey): Promise<void> {
  await tx
    .updateTable('share_tokens')
    .set({ retired_at: sql<Date>`now()` })
    .where('agency_id', '=', agencyId)
    .where('project_id', '=', projectId)
    .where('retired_at', 'is', null)
    .execute();
}

/** When the links that a sharing has now were given: it has been shared for longer where they took the place of others. */
export function linksGivenAt(sharedAt: Date, madeAt: Date | null): Date {
  return madeAt !== null && madeAt > sharedAt ? madeAt : sharedAt;
}

/** What a sharing whose links are retired has of them: nothing. */
export const noLinks = { token_hash: null, portal_hash: null, sealed_token: null, sealed_portal_token: null } as const;

/** The project's sharing as it stands, locked behind the project's own lock; undefined when it was never shared. */
export async function lockSharing(tx: TenantTransaction, { agencyId, projectId }: SharingKey) {
  return tx
    .selectFrom('sharings')
    .select(['client_id', 'state', 'token_hash', 'request_id', 'expires_at', 'shared_at', 'reminded_at'])
    .where('agency_id', '=', agencyId)
    .where('project_id', '=', projectId)
    .forUpdate()
    .executeTakeFirst();
}
