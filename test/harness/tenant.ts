import { createApiKey } from '../../api/auth/api-key.ts';
import type { Onboarding } from '../../api/representations/onboarding.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AccountId, AgencyId, ApiKeyId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import type { Scope } from '../../domain/permission.ts';
import { openAgency, type PlanTerms } from './agency.ts';
import { answers } from './answers.ts';
import type { Answer, TestApi } from './api.ts';
import type { TestDatabase } from './database.ts';
import { newAgencyId } from './ids.ts';
import { until } from './until.ts';

type Headers = Record<string, string>;

/** An agency with a key of its own; paths are below `/v1/agencies/{agencyId}`. */
export interface Tenant {
  id: AgencyId;
  key: string;
  get(path?: string, headers?: Headers): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  put(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  patch(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The onboarding once it is in this state. */
  onboardingIn(state: OnboardingState, onboardingId: string): Promise<Onboarding>;
}

/** A new agency on a plan of ten clients, or of the given terms, and a key that may do everything. */
export async function newTenant(api: TestApi, terms: Partial<PlanTerms> = {}): Promise<Tenant> {
  const id = await openAgency(api.database, terms);
  return tenantWith(api, id, await openKey(api.database, id));
}

/** The agency as whoever holds this key sees it. */
export function tenantWith(api: TestApi, id: AgencyId, key: string): Tenant {
  const send = (method: string, path: string, headers: Headers = {}, body?: unknown) =>
    api.send({ method, path: `/v1/agencies/${id}${path}`, key, headers, ...(body !== undefined && { body }) });
  const get: Tenant['get'] = (path = '', headers) => send('GET', path, headers);
  return {
    id,
    key,
    get,
    post: (path, body, headers) => send('POST', path, headers, body),
    put: (path, body, headers) => send('PUT', path, headers, body),
    patch: (path, body, headers) => send('PATCH', path, headers, body),
    delete: (path) => send('DELETE', path),
    onboardingIn: (state, onboardingId) =>
      until(`the onboarding is ${state}`, async () => {
        const onboarding = (await get(`/onboardings/${onboardingId}`)).as(answers.onboarding);
        return onboarding.state === state && onboarding;
      }),
  };
}

export interface KeyTerms {
  scopes: Scope[];
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** A key of the account that may do everything, or with the given terms, written as the API writes it. */
export async function openKey(database: TestDatabase, accountId: AccountId, terms: Partial<KeyTerms> = {}): Promise<string> {
  return (await openKnownKey(database, accountId, terms)).key;
}

/** The same, with its id. */
export async function openKnownKey({ api, admin }: TestDatabase, accountId: AccountId, terms: Partial<KeyTerms> = {}): Promise<{ id: ApiKeyId; key: string }> {
  const { scopes = ['admin'], expiresAt = null, revokedAt = null } = terms;
  const { key, prefix, hash } = createApiKey();
  const { id } = await inTenant(api, accountId, (tx) =>
    tx
      .insertInto('api_keys')
      .values({ agency_id: accountId, name: 'Test key', prefix, key_hash: hash, scopes, expires_at: expiresAt })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  if (revokedAt) await admin.updateTable('api_keys').set({ revoked_at: revokedAt }).where('id', '=', id).execute();
  return { id, key };
}

/** An account that is no agency, and a key of it that may do everything. */
export async function newDirectAccount(database: TestDatabase): Promise<{ id: AccountId; key: string }> {
  const id: AccountId = newAgencyId();
  await inTenant(database.api, id, (tx) =>
    tx.insertInto('accounts').values({ id, kind: 'direct', name: 'Direct account', billing_email: 'billing@direct.example' }).execute(),
  );
  return { id, key: await openKey(database, id) };
}
