import type { AgencyId, OnboardingId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** The newest onboarding of the client with this external reference; undefined when there is no such client. */
export async function onboardingOfReference(
  reader: TenantReader,
  agencyId: AgencyId,
  reference: string,
): Promise<{ id: OnboardingId; state: OnboardingState } | undefined> {
  return reader
    .selectFrom('clients as client')
    .innerJoin('onboardings as onboarding', (join) =>
      join.onRef('onboarding.agency_id', '=', 'client.agency_id').onRef('onboarding.client_id', '=', 'client.id'),
    )
    .where('client.agency_id', '=', agencyId)
    .where('client.external_reference', '=', reference)
    .orderBy('onboarding.created_at', 'desc')
    .select(['onboarding.id', 'onboarding.state'])
    .limit(1)
    .executeTakeFirst();
}
