import { type OffboardingRecord, readOffboarding } from '../db/read/offboarding.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';

/** The client's newest offboarding, or the refusal `NOT_FOUND`. */
export async function findOffboarding({ db }: Deps, sight: TenantSight, clientId: ClientId): Promise<OffboardingRecord> {
  const offboarding = await readInTenant(db, sight, (reader) => readOffboarding(reader, sight.agencyId, clientId));
  if (!offboarding) throw refused('NOT_FOUND');
  return offboarding;
}
