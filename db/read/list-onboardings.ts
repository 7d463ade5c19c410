import { sql } from 'kysely';
import type { AgencyId } from '../../domain/ids.ts';
import { type BlockerCode, type OnboardingState, openStates, statesThatNeedPeople } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';
import { type OnboardingRecord, selectOnboardings, toOnboarding } from './onboardings.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

export interface OnboardingFilter {
  state?: OnboardingState | undefined;
  /** Those that this stands in the way of. */
  blocker?: BlockerCode | undefined;
  /** Those that have not ended, the one that is as it is for the longest first. */
  open?: boolean | undefined;
  /** Of the open ones, those that go on only when somebody does something. */
  needPeople?: boolean | undefined;
}

/** A page of the agency's onboardings, newest first; of the open ones, and of those that need people, the longest wait first. */
export async function listOnboardings(
  reader: TenantReader,
  agencyId: AgencyId,
  { state, blocker, open = false, needPeople = false }: OnboardingFilter,
  { after, limit }: PageRequest,
): Promise<Page<OnboardingRecord>> {
  let query = selectOnboardings(reader, agencyId);
  if (state) query = query.where('onboarding.state', '=', state);
  if (blocker) query = query.where(sql<boolean>`onboarding.blockers @> ${JSON.stringify([{ code: blocker }])}::jsonb`);
  const byWait = open || needPeople;
  if (byWait) {
    query = query.where('onboarding.state', 'in', needPeople ? statesThatNeedPeople : openStates);
    if (after) query = query.where(sql<boolean>`(onboarding.state_since, onboarding.id) > (${after.at}, ${after.id}::uuid)`);
    query = query
      .orderBy('onboarding.state_since')
      .orderBy('onboarding.id')
      .limit(limit + 1);
  } else {
    query = query.$call(newestFirst('onboarding', { after, limit }));
  }
  const rows = await query.execute();
  return cutPage(rows, limit, toOnboarding, (row) => (byWait ? row.state_since : row.created_at));
}
