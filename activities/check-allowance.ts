import { type Kysely, sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { type Blocker, endedBadly, type OnboardingState, type OnLimit } from '../domain/onboarding.ts';
import { isPlanEligible } from '../domain/plan.ts';
import { lockClient } from './client-lock.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding, recordStep, sameBlockers, stepStates } from './onboarding-record.ts';
import type { StepRun } from './step-run.ts';

export interface CheckAllowanceInput extends OnboardingKey {
  clientId: ClientId;
  onLimit: OnLimit;
  actor: Actor;
}

export type CheckAllowanceResult =
  | { outcome: 'reserved' }
  | { outcome: 'refused'; blocker: Blocker }
  | { outcome: 'waiting'; blocker: Blocker }
  | { outcome: 'ended'; state: OnboardingState };

/**
 * Step 2: reserves one client slot of the agency, atomically, and makes the client `active`. A client that holds a slot keeps it.
 * With no slot, or a plan that is not eligible: refused (`CLIENT_LIMIT_REACHED`, `AGENCY_PLAN_INELIGIBLE`) or, with `onLimit: "wait"`, waiting.
 * Idempotent by onboarding: the slot is taken with the client's change from `pending` to `active`, which happens once.
 */
export async function checkAllowance(db: Kysely<Database>, input: CheckAllowanceInput, run: StepRun): Promise<CheckAllowanceResult> {
  return inTenant(db, input.agencyId, async (tx, closing) => {
    const [onboarding, { create_account: account, check_allowance: step }] = await Promise.all([lockOnboarding(tx, input), stepStates(tx, input)]);
    const ended: CheckAllowanceResult = { outcome: 'ended', state: onboarding?.state ?? 'cancelled' };
    if (!onboarding || endedBadly(onboarding.state) || account !== 'done') return ended;
    if (step === 'done' || step === 'skipped') return { outcome: 'reserved' };
    if (step !== 'pending' && step !== 'waiting') return ended;
    const client = await lockClient(tx, input.agencyId, input.clientId);
    if (!client || client.state === 'archived') return ended;

    if (client.state === 'active') {
      closing(
        recordStep(tx, input, { name: 'check_allowance', state: 'skipped', detail: 'the client holds a slot already' }, run),
        recordOnboarding(tx, input, onboarding.state, { state: 'running', blockers: [] }),
      );
      return { outcome: 'reserved' };
    }

    const blocker = await takeSlot(tx, input.agencyId);
    if (blocker === null) {
      closing(
        activateClient(tx, input),
        recordStep(tx, input, { name: 'check_allowance', state: 'done', detail: null }, run),
        recordOnboarding(tx, input, onboarding.state, { state: 'running', blockers: [] }),
        recordEvent(tx, { ...input, kind: 'client.activated', before: { state: 'pending' }, after: { state: 'active' } }),
      );
      return { outcome: 'reserved' };
    }

    if (input.onLimit === 'refuse') {
      closing(recordStep(tx, input, { name: 'check_allowance', state: 'refused', detail: blocker.code }, run));
      return { outcome: 'refused', blocker };
    }
    closing(
      recordStep(tx, input, { name: 'check_allowance', state: 'waiting', detail: blocker.code }, run),
      recordOnboarding(tx, input, onboarding.state, { state: 'waiting_for_allowance', blockers: [blocker] }),
      !sameBlockers(onboarding.blockers, [blocker]) &&
        recordEvent(tx, { ...input, kind: 'onboarding.waiting', after: { for: 'allowance', code: blocker.code } }),
    );
    return { outcome: 'waiting', blocker };
  });
}

/**
 * Takes a slot, or tells why there is none. One update is the whole race: Postgres looks at the row again after waiting for whoever
 * changed it, so N onboardings on K slots take exactly K.
 */
async function takeSlot(tx: TenantTransaction, agencyId: AgencyId): Promise<Blocker | null> {
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

async function activateClient(tx: TenantTransaction, { agencyId, clientId }: CheckAllowanceInput) {
  await tx
    .updateTable('clients')
    .set((eb) => ({ state: 'active', version: eb('version', '+', 1), updated_at: sql<Date>`now()` }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .execute();
}
