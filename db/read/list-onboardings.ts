import type { AgencyId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';
import { type OnboardingRecord, selectOnboardings, toOnboarding } from './onboardings.ts';
import { behind, cutPage, type Page, type PageRequest } from './page.ts';

/** A page of the agency's onboardings, newest first. */
export async function listOnboardings(
  reader: TenantReader,
  agencyId: AgencyId,
  { state }: { state?: OnboardingState | undefined },
  page: PageRequest,
): Promise<Page<OnboardingRecord>> {
  let query = selectOnboardings(reader, agencyId);
  if (state) query = query.where('onboarding.state', '=', state);
  if (page.after) query = query.where(behind('onboarding', page.after));
  const rows = await query
    .orderBy('onboarding.created_at', 'desc')
    .orderBy('onboarding.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return cutPage(rows, page.limit, toOnboarding);
}
