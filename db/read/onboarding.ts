import type { AgencyId, OnboardingId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type OnboardingRecord, selectOnboardings, toOnboarding } from './onboardings.ts';

/** One onboarding of the agency, or undefined when it is not the agency's, or no worker has come to it yet. */
export async function readOnboarding(reader: TenantReader, agencyId: AgencyId, onboardingId: OnboardingId): Promise<OnboardingRecord | undefined> {
  const row = await selectOnboardings(reader, agencyId).where('onboarding.id', '=', onboardingId).executeTakeFirst();
  return row && toOnboarding(row);
}
