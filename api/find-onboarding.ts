import { readOnboarding } from '../db/read/onboarding.ts';
import { readInTenant } from '../db/tenant.ts';
import type { AgencyId, OnboardingId } from '../domain/ids.ts';
import { onboardingWorkflowId } from '../workflows/contract.ts';
import type { Deps } from './environment.ts';
import { refused } from './refused.ts';
import { type Onboarding, presentOnboarding, presentStartedOnboarding } from './representations/onboarding.ts';

/**
 * The onboarding as it stands. One that was taken while no worker was there is in Temporal alone until a worker comes to it; its workflow id
 * follows from the agency and the onboarding, so another tenant's is never asked for. Refuses with `NOT_FOUND`.
 */
export async function findOnboarding({ db, temporal }: Deps, agencyId: AgencyId, onboardingId: OnboardingId): Promise<Onboarding> {
  const record = await readInTenant(db, { agencyId }, (reader) => readOnboarding(reader, agencyId, onboardingId));
  if (record) return presentOnboarding(record);
  const workflowId = onboardingWorkflowId(agencyId, onboardingId);
  const started = await temporal.findOnboarding(workflowId);
  if (!started) throw refused('NOT_FOUND');
  return presentStartedOnboarding({ id: onboardingId, workflowId, ...started });
}
