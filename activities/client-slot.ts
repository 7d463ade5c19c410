import { sql } from 'kysely';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import type { Blocker } from '../domain/onboarding.ts';
import { isPlanEligible } from '../domain/plan.ts';

/** Why there is no slot: what a refusal would say now. */
export interface SlotBlocker extends Blocker {
  code: 'AGENCY_PLAN_INELIGIBLE' | 'CLIENT_LIMIT_REACHED';
}

/**
 * Takes a slot, or tells why there is none. One update is the whole race: Postgres looks at the row again after waiting for whoever
 * changed it, so N onboardings on K slots take exactly K.
 */
export async function takeSlot(tx: TenantTransaction, agencyId: AgencyId): Promise<SlotBlocker | null> {
  const { numUpdatedRows } = await tx
    .updateTable('plans')
    .set((eb) => ({ client_slots_used: eb('client_slots_used', '+', 1) }))
    .where('agency_id', '=', agencyId)
    .where(sql<boolean>`(state in ('trialing', 'active') or (state = 'cancellation_scheduled' and period_end > now()))`)
    .where((eb) => eb('client_slots_used', '<', eb('client_limit', '+', eb.ref('overage_clients'))))
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return null;
  const plan = await tx
    .selectFrom('plans')
    .select(['state', 'period_end as periodEnd', 'client_limit', 'overage_clients', 'client_slots_used'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirstOrThrow();
  if (!isPlanEligible(plan, new Date())) return { code: 'AGENCY_PLAN_INELIGIBLE', reason: `plan is ${plan.state}` };
  return { code: 'CLIENT_LIMIT_REACHED', reason: `${plan.client_slots_used} of ${plan.client_limit + plan.overage_clients} client slots are in use` };
}

/** Gives the slot of a client back that was active until now. */
export async function freeSlot(tx: TenantTransaction, agencyId: AgencyId): Promise<void> {
  await tx
    .updateTable('plans')
    .set((eb) => ({ client_slots_used: eb('client_slots_used', '-', 1) }))
    .where('agency_id', '=', agencyId)
    .execute();
}

/** The locked client holds a slot from now on. */
export async function activateClient(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<void> {
  await tx
    .updateTable('clients')
    .set((eb) => ({ state: 'active', archived_at: null, former_projects: [], merged_into: null, version: eb('version', '+', 1), updated_at: sql<Date>`now()` }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .execute();
}
