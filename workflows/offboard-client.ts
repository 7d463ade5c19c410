import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  setHandler,
  Trigger,
  workflowInfo,
} from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import type { OffboardingState } from '../domain/offboarding.ts';
import { nextOffboardingAlarm, offboardingRemindersDue } from '../domain/offboarding-policy.ts';
import {
  cancelOffboardingUpdate,
  type OffboardClientInput,
  type OffboardClientResult,
  type OffboardingDecision,
  offboardingDecisionUpdate,
  recheckSignal,
} from './contract.ts';
import { openOffboardingPage } from './offboarding-page.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Each report in the pack is drawn as PDF, one after another; a worker that is silent meanwhile is taken for dead as soon as at any other step. */
const packOptions = { startToCloseTimeout: '5 minutes', heartbeatTimeout: '15 seconds' } as const;

/** Before 0.4 whoever cancelled waited until the pack was made. */
const cancelStopsPacking = 'cancel-stops-packing';

/**
 * Takes a client out on a day to come: the contact is told, an export pack is made, people are reminded, and on the day the links end and the
 * client is archived. Until then it can be cancelled.
 *
 * The record is the truth: an archive by hand ends an offboarding as well, and a reset or a continue-as-new begins at the top and finds how it stands.
 */
export async function offboardClient(input: OffboardClientInput): Promise<OffboardClientResult> {
  const { agencyId, clientId, offboardingId, policy } = input;
  const key = { agencyId, clientId, offboardingId };
  const endsAtMs = Date.parse(input.endsAt);
  const page = openOffboardingPage(new Date(endsAtMs));
  const decided = new Trigger<OffboardingDecision>();
  let state: OffboardingState = 'scheduled';
  let hinted = false;
  let cancelledBy: Actor | undefined;
  let packing: CancellationScope | undefined;

  setHandler(recheckSignal, () => {
    hinted = true;
  });
  setHandler(offboardingDecisionUpdate, async () => decided);
  setHandler(
    cancelOffboardingUpdate,
    async ({ actor }) => {
      cancelBy(actor);
      await condition(() => state !== 'scheduled');
      return state;
    },
    {
      validator: (_command: { actor: Actor }) => {
        if (state !== 'scheduled') throw new Error('the offboarding has ended');
      },
    },
  );
  CancellationScope.current().cancelRequested.catch(() => {
    cancelBy({ kind: 'system', label: 'Temporal' });
  });

  return CancellationScope.nonCancellable(async () => {
    const { policy: _, ...request } = input;
    const decision = await steps.beginOffboarding.executeWithOptions(named('Record it, tell the contact'), [
      { ...request, workflowId: workflowInfo().workflowId },
    ]);
    decided.resolve(decision);
    if (decision.outcome !== 'begun') {
      page.enter('refused');
      await condition(allHandlersFinished);
      return { state: 'refused', decision };
    }
    page.enter('scheduled');
    await makePack('Make the export pack');
    await waitForEnd();
    if (state === 'cancelled') page.pack('gone');
    page.enter(state);
    await condition(allHandlersFinished);
    if (state === 'done') await keepPack();
    return { state, decision };
  });

  /** Nobody who cancels waits for a pack that nobody will have. */
  function cancelBy(actor: Actor): void {
    cancelledBy ??= actor;
    if (packing && patched(cancelStopsPacking)) packing.cancel();
  }

  /** Until it is cancelled, ended from outside, or the day has come. */
  async function waitForEnd(): Promise<void> {
    for (;;) {
      hinted = false;
      const standing = await steps.lookAtOffboarding.executeWithOptions(named('Look how it stands'), [key]);
      if (standing.state !== 'scheduled') {
        state = standing.state;
        return;
      }
      if (cancelledBy) {
        const { cancelled } = await steps.cancelOffboarding.executeWithOptions(named('Cancel: the client stays'), [{ ...key, actor: cancelledBy }]);
        state = cancelled ? 'cancelled' : 'done';
        return;
      }
      if (Date.now() < endsAtMs) await waitAndRemind(standing.remindersSent);
      else if (await makePack('Make the export pack as it is in the end')) {
        await leave();
        state = 'done';
        return;
      }
    }
  }

  async function waitAndRemind(remindersSent: number): Promise<void> {
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) await continueAsNew<typeof offboardClient>(input);
    const alarm = nextOffboardingAlarm(policy, { remainingMs: endsAtMs - Date.now(), remindersSent });
    const summary = alarm.what === 'reminder' ? `Until the client leaves; then reminder ${remindersSent + 1}` : 'Until the client leaves';
    await condition(() => hinted || cancelledBy !== undefined, alarm.inMs, { summary });
    const due = offboardingRemindersDue(policy, endsAtMs - Date.now());
    if (hinted || cancelledBy || due <= remindersSent || Date.now() >= endsAtMs) return;
    await steps.remindOfOffboarding.executeWithOptions(named(`Remind (${due})`), [{ ...key, reminder: due }]);
  }

  /** Everything ends at once. The pack was made once more before, for it holds what was done until the end. */
  async function leave(): Promise<void> {
    const { endedWorkflowIds, nextInLine } = await steps.completeOffboarding.executeWithOptions(named('Archive the client'), [key]);
    const others = endedWorkflowIds.filter((workflowId) => workflowId !== workflowInfo().workflowId);
    await recheckOnboardings(others, 'the client was archived');
    await recheckOnboardings(nextInLine, 'a client slot is free');
  }

  /** False where somebody cancelled meanwhile. */
  async function makePack(summary: string): Promise<boolean> {
    if (cancelledBy && patched(cancelStopsPacking)) return false;
    const expiresAt = new Date(endsAtMs + policy.packKeptMs).toISOString();
    const options = { ...named(summary), ...packOptions };
    const making = new CancellationScope();
    packing = making;
    try {
      const { pack } = await making.run(() => steps.makeExportPack.executeWithOptions(options, [{ ...key, maxPackBytes: policy.maxPackBytes, expiresAt }]));
      page.pack(pack);
      return true;
    } catch (error) {
      if (isCancellation(error)) return false;
      throw error;
    } finally {
      packing = undefined;
    }
  }

  async function keepPack(): Promise<void> {
    const keptMs = endsAtMs + policy.packKeptMs - Date.now();
    if (keptMs > 0) await condition(() => false, keptMs, { summary: 'The export pack is kept' });
    await steps.expireExportPack.executeWithOptions(named('Delete the export pack'), [key]);
    page.pack('gone');
  }
}
