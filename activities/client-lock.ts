import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import type { OnboardingKey } from './onboarding-record.ts';

/**
 * The client's state, locked; undefined when it is not this agency's, or was erased.
 * Every transaction takes its locks in one order, so that no two wait for each other: onboarding, client, offboarding, project, plan.
 */
export async function lockClient(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  return tx
    .selectFrom('clients')
    .select('state')
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .where('erased_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Does another onboarding have this client as well? Then an undo leaves it to that one. Ask behind the client's lock: whoever takes the
 * client or lets go of it does so behind the same lock.
 */
export async function isHeldByAnother(tx: TenantTransaction, { agencyId, onboardingId }: OnboardingKey, clientId: ClientId): Promise<boolean> {
  const other = await tx
    .selectFrom('onboardings as onboarding')
    .innerJoin('onboarding_steps as step', (join) =>
      join.onRef('step.agency_id', '=', 'onboarding.agency_id').onRef('step.onboarding_id', '=', 'onboarding.id'),
    )
    .select('onboarding.id')
    .where('onboarding.agency_id', '=', agencyId)
    .where('onboarding.client_id', '=', clientId)
    .where('onboarding.id', '!=', onboardingId)
    .where('step.name', '=', 'create_account')
    .where('step.state', '=', 'done')
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
