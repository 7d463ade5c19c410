import { ActivityFailure, allHandlersFinished, CancellationScope, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CheckAsOutsiderResult } from '../activities/check-as-outsider.ts';
import type { SharingStanding } from '../activities/look-at-sharing.ts';
import type { Actor } from '../domain/actor.ts';
import type { Blocker } from '../domain/onboarding.ts';
import {
  recheckSignal,
  rotateSharingUpdate,
  type ShareCommand,
  type ShareReportInput,
  type ShareReportResult,
  type SharingAnswer,
  shareUpdate,
  switchOffSharingUpdate,
} from './contract.ts';
import { openSharingPage, type SharingRefusal } from './sharing-page.ts';
import { named, steps } from './steps.ts';

/** How long a start waits for the update that came with it. */
const beginWithin = '1 minute';

/**
 * One sharing of a project's report: verifies, makes links, looks at their page as an outsider, gives them, and tends them until they end.
 *
 * What ends them is written in the transaction of its cause; here it is noticed, by a `recheck` signal or by the timer behind it. So a reset or a
 * continue-as-new begins at the top and finds in the record how the sharing stands. Commands come as updates and take turns.
 */
export async function shareReport(input: ShareReportInput): Promise<ShareReportResult> {
  const { agencyId, projectId, policy } = input;
  const { workflowId } = workflowInfo();
  const key = { agencyId, projectId };
  const page = openSharingPage();
  let hinted = false;
  let begun = false;
  let cancelled = false;
  /** What the last command was refused for; what was wrong with the latest links goes before what was refused after it. */
  let refusal: SharingRefusal | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  setHandler(recheckSignal, () => {
    hinted = true;
  });
  setHandler(shareUpdate, (command) => inTurn(() => share(command)));
  setHandler(rotateSharingUpdate, (command) => inTurn(() => rotate(command)));
  setHandler(switchOffSharingUpdate, ({ actor }) => inTurn(() => switchOff(actor)));
  CancellationScope.current().cancelRequested.catch(() => {
    cancelled = true;
  });

  return CancellationScope.nonCancellable(async () => {
    const { begin } = input;
    if (begin) await inTurn(() => share(begin));
    else await condition(() => begun, beginWithin, { summary: 'Waiting for what to do' });
    for (;;) {
      await condition(allHandlersFinished);
      hinted = false;
      if (cancelled) await switchOff({ kind: 'system', label: 'Temporal' });
      const standing = await steps.lookAtSharing.executeWithOptions(named('Look how it stands'), [key]);
      if (!allHandlersFinished() || hinted) continue;
      if (standing.state !== 'shared') {
        if (standing.state !== 'private') page.leave(standing.state, refusal);
        return { state: standing.state };
      }
      refusal = undefined;
      page.enter('shared');
      page.standing(standing);
      await waitAndTend(standing);
    }
  });

  /** One command at a time, in the order in which they came. */
  async function inTurn(command: () => Promise<SharingAnswer>): Promise<SharingAnswer> {
    begun = true;
    hinted = true;
    const mine = turn.then(command);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function share({ actor, clientId, expiresAt, requestId }: ShareCommand): Promise<SharingAnswer> {
    const opened = await steps.openSharing.executeWithOptions(named('Verify status, make the links'), [
      { ...key, actor, requestId, workflowId, ...(clientId && { clientId }), ...(expiresAt !== undefined && { expiresAt }) },
    ]);
    if (opened.outcome === 'refused') return refuse(opened.blockers);
    page.client(opened.clientId);
    return opened.outcome === 'shared' ? { outcome: 'shared' } : give({ actor, requestId });
  }

  async function rotate(command: { actor: Actor; requestId: string }): Promise<SharingAnswer> {
    const made = await steps.rotateSharing.executeWithOptions(named('Retire the links, make others'), [{ ...key, ...command, workflowId }]);
    if (made.outcome === 'refused') return refuse([{ code: made.code, reason: null }]);
    page.client(made.clientId);
    return made.outcome === 'shared' ? { outcome: 'shared' } : give(command);
  }

  /** The links that were made: their page is looked at first, and what is not as it should be is given to nobody. */
  async function give(command: { actor: Actor; requestId: string }): Promise<SharingAnswer> {
    page.enter('checking');
    refusal = undefined;
    const checked = await check(command.requestId);
    if (checked.outcome === 'unreachable') {
      await takeBack(command.actor, ['it could not be reached']);
      return refuse([{ code: 'TEMPORARILY_UNAVAILABLE', reason: 'the shared page could not be reached in time' }]);
    }
    if (checked.outcome === 'failed') {
      await takeBack(command.actor, checked.faults);
      return refuse([{ code: 'TEMPORARILY_UNAVAILABLE', reason: `the shared page is not as it should be: ${checked.faults.join('; ')}` }], 'needs_attention');
    }
    const { on, over } = await steps.switchOnSharing.executeWithOptions(named('Give the links'), [{ ...key, ...command }]);
    if (on) return { outcome: 'shared' };
    return refuse([
      over
        ? { code: 'SHARE_EXPIRED', reason: 'the end of the links came while their page was looked at' }
        : { code: 'VERSION_CONFLICT', reason: 'the project changed while its page was looked at' },
    ]);
  }

  async function takeBack(actor: Actor, faults: string[]): Promise<void> {
    await steps.switchOffSharing.executeWithOptions(named('Take the links back'), [{ ...key, actor, faults }]);
  }

  /** A page that is away says nothing of what it shows: nobody has to look at it as at one that is wrong. */
  async function check(requestId: string): Promise<CheckAsOutsiderResult | { outcome: 'unreachable' }> {
    try {
      return await steps.checkAsOutsider.executeWithOptions(
        { ...named('Look at the page as an outsider'), startToCloseTimeout: '15 seconds', scheduleToCloseTimeout: policy.checkWithinMs },
        [{ ...key, requestId }],
      );
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      return { outcome: 'unreachable' };
    }
  }

  async function switchOff(actor: Actor): Promise<SharingAnswer> {
    const { outcome } = await steps.switchOffSharing.executeWithOptions(named('Switch off'), [{ ...key, actor, faults: [] }]);
    if (outcome !== 'off') return refuse([{ code: 'NOT_FOUND', reason: null }]);
    if (refusal?.state === 'refused') refusal = undefined;
    return { outcome: 'off' };
  }

  function refuse(blockers: Blocker[], state: SharingRefusal['state'] = 'refused'): SharingAnswer {
    page.enter(state, blockers);
    if (refusal?.state !== 'needs_attention') refusal = { state, blockers };
    const [blocker] = blockers;
    if (!blocker) throw new Error('a refusal without a reason');
    return { outcome: 'refused', blocker };
  }

  /** Until something happens: a hint, a command, the end of the links, the reminder, or a look of its own. */
  async function waitAndTend({ expiresAtMs, unopenedSinceMs }: SharingStanding): Promise<void> {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof shareReport>({ ...input, begin: null });
    // Clocks differ: whoever comes too early for the one that decides looks again after a moment, not at once.
    const endInMs = expiresAtMs === null ? Number.POSITIVE_INFINITY : Math.max(expiresAtMs - Date.now(), 500);
    const remindInMs = unopenedSinceMs === null ? Number.POSITIVE_INFINITY : unopenedSinceMs + policy.remindAfterMs - Date.now();
    const inMs = Math.max(1, Math.min(policy.recheckMs, endInMs, remindInMs));
    await condition(() => hinted || cancelled, inMs, { summary: endInMs <= inMs ? 'Until the links end' : 'Shared' });
    if (hinted || cancelled) return;
    if (expiresAtMs !== null && Date.now() >= expiresAtMs) await steps.expireSharing.executeWithOptions(named('The links end'), [key]);
    else if (inMs >= remindInMs) await steps.remindNotOpened.executeWithOptions(named('Remind: nobody has opened them'), [key]);
  }
}
