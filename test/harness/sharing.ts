import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../../db/secret-box.ts';
import { inTenant } from '../../db/tenant.ts';
import { hashToken } from '../../db/token-hash.ts';
import type { ClientId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';
import type { ProjectOf } from './project.ts';

/** The tokens of a project's links. */
export interface Links {
  token: string;
  portalToken: string;
}

export interface SharedTerms {
  state: 'shared' | 'checking';
  expiresAt: Date | null;
  sharedAt: Date;
}

/** Links of a project that a client has, written as the worker writes them once they are given. */
export async function openLinks(
  { worker }: TestDatabase,
  secrets: SecretBox,
  { agencyId, projectId }: ProjectOf,
  clientId: ClientId,
  { state = 'shared', expiresAt = null, sharedAt = new Date() }: Partial<SharedTerms> = {},
): Promise<Links> {
  const [token, portalToken] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const tokenRow = { agency_id: agencyId, project_id: projectId, client_id: clientId, expires_at: expiresAt };
  const sharing = {
    client_id: clientId,
    state,
    token_hash: hashToken(token),
    portal_hash: hashToken(portalToken),
    sealed_token: secrets.seal(token),
    sealed_portal_token: secrets.seal(portalToken),
    expires_at: expiresAt,
    shared_at: state === 'shared' ? sharedAt : null,
  };
  await inTenant(worker, agencyId, async (tx) => {
    await tx
      .insertInto('share_tokens')
      .values([
        { ...tokenRow, kind: 'report', hash: hashToken(token) },
        { ...tokenRow, kind: 'portal', hash: hashToken(portalToken) },
      ])
      .execute();
    await tx
      .insertInto('sharings')
      .values({ agency_id: agencyId, project_id: projectId, ...sharing })
      .onConflict((conflict) => conflict.columns(['agency_id', 'project_id']).doUpdateSet(sharing))
      .execute();
  });
  return { token, portalToken };
}
