import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId } from '../domain/ids.ts';
import { type Blocker, endedBadly, type OnLimit } from '../domain/onboarding.ts';
import { lockClient } from './client-lock.ts';
import { activateClient, takeSlot } from './client-slot.ts';
import {
  type EndedOnboarding,
  endedOnboarding,
  lockOnboarding,
  type OnboardingKey,
  recordProgress,
  recordStep,
  sameBlockers,
  sinceMsIn,
  stepStates,
} from './onboarding-record.ts';
import type { StepRun } from './step-run.ts';

export interface CheckAllowanceInput extends OnboardingKey {
  clientId: ClientId;
  onLimit: OnLimit;
  actor: Actor;
}

export type CheckAllowanceResult =
  | { outcome: 'reserved' }
  | { outcome: 'refused'; blocker: Blocker }
  /** Since when, in ms since the epoch; what an earlier release answered does not say. */
  | { outcome: 'waiting'; blocker: Blocker; sinceMs?: number }
  | EndedOnboarding;

/**
 * Step 2: reserves one client slot of the agency, atomically, and makes the client `active`. A client that holds a slot keeps it.
 * With no slot, or a plan that is not eligible: refused (`CLIENT_LIMIT_REACHED`, `AGENCY_PLAN_INELIGIBLE`) or, with `onLimit: "wait"`, waiting.
 * Idempotent by onboarding: the slot is taken with the client's change from `pending` to `active`, which happens once.
 */
export async function checkAllowance(db: Kysely<Database>, input: CheckAllowanceInput, run: StepRun): Promise<CheckAllowanceResult> {
  return inTenant(db, input.agencyId, async (tx, closing) => {
    const [onboarding, { create_account: account, check_allowance: step }] = await Promise.all([lockOnboarding(tx, input), stepStates(tx, input)]);
    const ended = () => endedOnboarding(tx, input, onboarding);
    if (!onboarding || endedBadly(onboarding.state) || account !== 'done') return ended();
    if (step === 'done' || step === 'skipped') return { outcome: 'reserved' };
    if (step !== 'pending' && step !== 'waiting') return ended();
    // Not before: whoever removes the client then empties what names it, an ended onboarding as well, and would wait for this one, which waits for the client.
    const client = await lockClient(tx, input.agencyId, input.clientId);
    if (!client || client.state === 'archived') return ended();

    if (client.state === 'active') {
      closing(
        recordProgress(tx, input, run, {
          from: onboarding,
          step: { name: 'check_allowance', state: 'skipped', detail: 'the client holds a slot already' },
          onboarding: { state: 'running', blockers: [] },
        }),
      );
      return { outcome: 'reserved' };
    }

    const blocker = await takeSlot(tx, input.agencyId);
    if (blocker === null) {
      closing(
        activateClient(tx, input.agencyId, input.clientId),
        recordProgress(tx, input, run, {
          from: onboarding,
          step: { name: 'check_allowance', state: 'done', detail: null },
          onboarding: { state: 'running', blockers: [] },
          events: [{ ...input, kind: 'client.activated', before: { state: 'pending' }, after: { state: 'active' } }],
        }),
      );
      return { outcome: 'reserved' };
    }

    if (input.onLimit === 'refuse') {
      closing(recordStep(tx, input, { name: 'check_allowance', state: 'refused', detail: blocker.code }, run));
      return { outcome: 'refused', blocker };
    }
    closing(
      recordProgress(tx, input, run, {
        from: onboarding,
        step: { name: 'check_allowance', state: 'waiting', detail: blocker.code },
        onboarding: { state: 'waiting_for_allowance', blockers: [blocker] },
        events: sameBlockers(onboarding.blockers, [blocker]) ? [] : [{ ...input, kind: 'onboarding.waiting', after: { for: 'allowance', code: blocker.code } }],
      }),
    );
    return { outcome: 'waiting', blocker, sinceMs: sinceMsIn('waiting_for_allowance', onboarding) };
  });
}
