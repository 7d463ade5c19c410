import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type OnboardingRecord, selectOnboardings, toOnboarding } from './onboardings.ts';

/** Every onboarding of one client, oldest first. */
export async function onboardingsOfClient(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<OnboardingRecord[]> {
  const rows = await selectOnboardings(reader, agencyId).where('onboarding.client_id', '=', clientId).orderBy('onboarding.created_at').execute();
  return rows.map(toOnboarding);
}
