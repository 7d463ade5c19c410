import { allHandlersFinished, CancellationScope, condition, continueAsNew, setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { EndedOnboarding } from '../activities/onboarding-record.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId, ProjectId } from '../domain/ids.ts';
import { type Blocker, isEnded, waitsForProject } from '../domain/onboarding.ts';
import { nextAlarm, remindersDue } from '../domain/waiting.ts';
import {
  type AssignProjectCommand,
  type AssignProjectResult,
  assignProjectUpdate,
  cancelUpdate,
  type OnboardClientInput,
  type OnboardClientResult,
  recheckSignal,
  retryUndoSignal,
  type ShareWhenReadyCommand,
  searchAttributes,
  shareWhenReadyUpdate,
} from './contract.ts';
import { describeOnboarding } from './describe-onboarding.ts';
import { onboardingSaga } from './onboarding-saga.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { startSharing } from './start-sharing.ts';
import { openStatusPage } from './status-page.ts';
import { named, steps } from './steps.ts';
import { undo } from './undo.ts';

/** What the wait for a project came to so far: since when, in ms since the epoch, and how often the owners were reminded. */
type ProjectWait = { sinceMs: number; remindersSent: number };

/** How a phase of the onboarding ends: on to the next one, or back out of it. */
type Verdict<T> = { go: 'on'; with: T } | { go: 'back'; because: 'refused'; blockers: Blocker[] } | { go: 'back'; because: 'cancelled' } | { go: 'nowhere' };

/**
 * Takes a client from a request to "ready to share": create account, check allowance, assign project, verify status before sharing.
 *
 * Every step is idempotent and tells what it did before, so a reset or a continue-as-new simply begins at the top. Waits end by a `recheck`
 * signal, or by the timer behind it. Cancelling interrupts waits, never a step in the middle, and undoes the done steps in reverse order.
 */
export async function onboardClient(input: OnboardClientInput): Promise<OnboardClientResult> {
  const { agencyId, onboardingId, actor, waiting } = input;
  const key = { agencyId, onboardingId };
  const page = openStatusPage(workflowInfo().continuedFromExecutionRunId === undefined ? null : describeOnboarding(input).staticDetails);
  const saga = onboardingSaga({ ...key, waiting, page, undoer });
  const result: { clientId: ClientId | null; projectId: ProjectId | null } = { clientId: null, projectId: null };
  let hinted = false;
  let cancelledBy: Actor | undefined;
  let undoRetried = false;
  let settled = false;

  setHandler(recheckSignal, () => {
    hinted = true;
  });
  setHandler(retryUndoSignal, () => {
    undoRetried = true;
  });
  setHandler(
    cancelUpdate,
    async (command) => {
      cancelledBy ??= command.actor;
      await condition(() => settled || page.state === 'needs_attention');
      return page.state;
    },
    { validator: (_command: { actor: Actor }) => refuseUnless(!settled, 'the onboarding has ended') },
  );
  setHandler(assignProjectUpdate, takeProject, {
    validator: (_command: AssignProjectCommand) => refuseUnless(waitsForProject(page.state) && !cancelledBy, 'the onboarding does not wait for a project'),
  });
  setHandler(shareWhenReadyUpdate, chooseSharing, {
    validator: (_command: ShareWhenReadyCommand) => refuseUnless(!settled && !cancelledBy, 'the onboarding has ended'),
  });
  CancellationScope.current().cancelRequested.catch(() => {
    cancelledBy ??= { kind: 'system', label: 'Temporal' };
  });

  return CancellationScope.nonCancellable(async () => {
    const verdict = await forward();
    if (verdict.go === 'back') await back(verdict);
    settled = true;
    await condition(allHandlersFinished);
    return { state: page.state, ...result, blockers: page.blockers };
  });

  async function forward(): Promise<Verdict<null>> {
    const account = await createAccount();
    if (account.go !== 'on') return account;
    const allowance = await checkAllowance(account.with);
    if (allowance.go !== 'on') return allowance;
    for (;;) {
      const assigned = await assignProject(account.with);
      if (assigned.go !== 'on') return assigned;
      const verified = await verifyStatus(account.with, assigned.with);
      if (verified.go !== 'on') return verified;
      if (verified.with === 'project_gone') continue;
      const { sharer } = verified.with;
      if (sharer) await startSharing({ agencyId, projectId: assigned.with, clientId: account.with, actor: sharer });
      return { go: 'on', with: null };
    }
  }

  async function createAccount(): Promise<Verdict<ClientId>> {
    page.step('create_account', 'running');
    const { waiting: _, projectDomain: __, ...request } = input;
    const made = await steps.createAccount.executeWithOptions(named('1 of 4: create account'), [{ ...request, workflowId: workflowInfo().workflowId }]);
    if (made.outcome === 'ended') return overtaken(made);
    if (made.outcome === 'refused') {
      page.step('create_account', 'refused');
      page.enter('refused', [{ code: made.code, reason: null }]);
      return { go: 'nowhere' };
    }
    page.step('create_account', 'done');
    result.clientId = made.clientId;
    // It was started with the id of a new client, and has found one that exists.
    if (made.clientId !== input.clientId) upsertSearchAttributes([{ key: searchAttributes.client, value: made.clientId }]);
    return cancelledBy ? { go: 'back', because: 'cancelled' } : { go: 'on', with: made.clientId };
  }

  async function checkAllowance(clientId: ClientId): Promise<Verdict<null>> {
    page.step('check_allowance', 'running');
    for (;;) {
      hinted = false;
      const allowance = await steps.checkAllowance.executeWithOptions(named('2 of 4: check allowance'), [{ ...key, clientId, onLimit: input.onLimit, actor }]);
      switch (allowance.outcome) {
        case 'ended':
          return overtaken(allowance);
        case 'refused':
          page.step('check_allowance', 'refused');
          return { go: 'back', because: 'refused', blockers: [allowance.blocker] };
        case 'reserved':
          page.step('check_allowance', 'done');
          return cancelledBy ? { go: 'back', because: 'cancelled' } : { go: 'on', with: null };
        case 'waiting':
          page.step('check_allowance', 'waiting');
          page.enter('waiting_for_allowance', [allowance.blocker], allowance.sinceMs);
      }
      if (await waitForHint('Waiting for a client slot', waiting.recheckMs)) return { go: 'back', because: 'cancelled' };
    }
  }

  async function assignProject(clientId: ClientId): Promise<Verdict<ProjectId>> {
    page.step('assign_project', 'running');
    for (;;) {
      hinted = false;
      const assigned = await steps.assignProject.executeWithOptions(named('3 of 4: assign project'), [
        { ...key, clientId, projectId: input.projectId, projectDomain: input.projectDomain, actor },
      ]);
      if (assigned.outcome === 'ended') return overtaken(assigned);
      if (assigned.outcome === 'assigned') {
        page.step('assign_project', 'done');
        result.projectId = assigned.projectId;
        return cancelledBy ? { go: 'back', because: 'cancelled' } : { go: 'on', with: assigned.projectId };
      }
      page.step('assign_project', 'waiting');
      page.enter(assigned.state, [assigned.blocker], assigned.sinceMs);
      const stalled = assigned.state === 'stalled';
      const alarm = nextAlarm(waiting, { waitedMs: Date.now() - assigned.sinceMs, remindersSent: assigned.remindersSent, stalled });
      if (await waitForHint(alarm.summary, alarm.inMs)) return { go: 'back', because: 'cancelled' };
      if (!hinted && !stalled) await soundAlarm(clientId, assigned);
    }
  }

  async function verifyStatus(clientId: ClientId, projectId: ProjectId): Promise<Verdict<{ sharer: Actor | null } | 'project_gone'>> {
    page.step('verify_status', 'running');
    for (;;) {
      hinted = false;
      const status = await steps.verifyStatus.executeWithOptions(named('4 of 4: verify status before sharing'), [{ ...key, clientId, projectId, actor }]);
      switch (status.outcome) {
        case 'ended':
          return overtaken(status);
        case 'ready':
          page.step('verify_status', 'done');
          page.enter('ready_to_share');
          // What an earlier release recorded does not say; then it is as it was asked for.
          return { go: 'on', with: { sharer: (status.shareWhenReady ?? input.shareWhenReady) ? (status.sharer ?? actor) : null } };
        case 'project_gone':
          page.step('verify_status', 'pending');
          result.projectId = null;
          return cancelledBy ? { go: 'back', because: 'cancelled' } : { go: 'on', with: 'project_gone' };
        case 'waiting':
          page.step('verify_status', 'waiting');
          page.enter('waiting_for_status', status.blockers, status.sinceMs);
      }
      if (await waitForHint('Waiting for status', waiting.recheckMs)) return { go: 'back', because: 'cancelled' };
    }
  }

  /** The undo, then the end. What fails for good waits for operations, who clear the cause and send `retryUndo`. */
  async function back(verdict: Extract<Verdict<null>, { go: 'back' }>): Promise<void> {
    // Nobody is refused who has come as far as a project.
    if (verdict.because === 'refused') saga.pop();
    for (let failure = await undo(saga); failure; failure = await undo(saga)) {
      undoRetried = false;
      await steps.flagForAttention.executeWithOptions(named('Flag for operations'), [{ ...key, reason: failure }]);
      page.enter('needs_attention', [{ code: 'UNDO_FAILED', reason: failure }]);
      await condition(() => undoRetried);
    }
    const end = verdict.because === 'refused' ? { state: 'refused' as const, blockers: verdict.blockers } : { state: 'cancelled' as const, blockers: [] };
    await steps.endOnboarding.executeWithOptions(named(`End as ${end.state}`), [{ ...key, ...end, actor: undoer() }]);
    page.enter(end.state, end.blockers);
  }

  /** Waits for a hint, the timer or a cancel; true when it was cancelled. A long history is left behind here, where nothing is under way. */
  async function waitForHint(summary: string, timeoutMs: number): Promise<boolean> {
    if (workflowInfo().continueAsNewSuggested && !hinted && !cancelledBy) {
      await condition(() => allHandlersFinished() || cancelledBy !== undefined);
      // A cancel is a handler that finishes only with the onboarding.
      if (!cancelledBy) await continueAsNew<typeof onboardClient>(input);
    }
    await condition(() => hinted || cancelledBy !== undefined, timeoutMs, { summary });
    return cancelledBy !== undefined;
  }

  /** An earlier run came further than this one: the onboarding has ended, or its undo had begun and is gone on with. */
  function overtaken({ state, standing }: EndedOnboarding): Verdict<never> {
    if (standing) page.recall(state, standing);
    if (!isEnded(state)) return { go: 'back', because: 'cancelled' };
    page.enter(state, standing?.blockers);
    return { go: 'nowhere' };
  }

  function undoer(): Actor {
    return cancelledBy ?? actor;
  }

  /** A timer that ended the wait for a project may have been more than a look of its own. */
  async function soundAlarm(clientId: ClientId, { sinceMs, remindersSent }: ProjectWait): Promise<void> {
    const waitedMs = Date.now() - sinceMs;
    const reminder = remindersDue(waiting, waitedMs);
    if (reminder > remindersSent) await steps.remindOwners.executeWithOptions(named(`Remind the owners (${reminder})`), [{ ...key, clientId, reminder }]);
    if (waitedMs < waiting.stallAfterMs) return;
    await steps.markStalled.executeWithOptions(named('Mark as stalled'), [{ ...key, clientId }]);
    page.enter('stalled', page.blockers);
  }

  /** The record is the truth: it is read as the status is verified. */
  async function chooseSharing({ wanted, actor: chooser }: ShareWhenReadyCommand): Promise<void> {
    await steps.chooseShareWhenReady.executeWithOptions(named(wanted ? 'Share when ready' : 'Do not share when ready'), [{ ...key, wanted, actor: chooser }]);
  }

  async function takeProject({ projectId, actor: assigner }: AssignProjectCommand): Promise<AssignProjectResult> {
    const clientId = result.clientId;
    if (!clientId) return { outcome: 'refused', code: 'NOT_FOUND' };
    const moved = await steps.moveProject.executeWithOptions(named('Take the project'), [{ ...key, projectId, clientId, actor: assigner }]);
    if (moved.outcome === 'refused') return moved;
    hinted = true;
    if (moved.outcome === 'moved') await recheckOnboardings(moved.waitingWorkflowIds.filter(isAnother), 'a project was assigned');
    return { outcome: 'assigned' };
  }
}

const isAnother = (workflowId: string) => workflowId !== workflowInfo().workflowId;

/** For validators: they reject by throwing, and must do so at once. */
function refuseUnless(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}
