import { readOnboarding } from '../db/read/onboarding.ts';
import { readInTenant, type TenantSight } from '../db/tenant.ts';
import type { OnboardingId } from '../domain/ids.ts';
import { onboardingWorkflowId } from '../workflows/contract.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';
import { type Onboarding, presentOnboarding, presentStartedOnboarding } from './representations/onboarding.ts';

/**
 * The onboarding as it stands. One that was taken while no worker was there is in Temporal alone until a worker comes to it; its workflow id
 * follows from the agency and the onboarding, so another tenant's is never asked for. Who is restricted to some clients sees none of those:
 * its client is not there yet. Refuses with `NOT_FOUND`.
 */
export async function findOnboarding({ db, temporal }: Deps, sight: TenantSight, onboardingId: OnboardingId): Promise<Onboarding> {
  const { agencyId } = sight;
  const record = await readInTenant(db, sight, (reader) => readOnboarding(reader, agencyId, onboardingId));
  if (record) return presentOnboarding(record);
  if (sight.clientIds) throw refused('NOT_FOUND');
  const workflowId = onboardingWorkflowId(agencyId, onboardingId);
  const started = await temporal.findOnboarding(workflowId);
  if (!started) throw refused('NOT_FOUND');
  return presentStartedOnboarding({ id: onboardingId, workflowId, shareWhenReady: null, ...started });
}
