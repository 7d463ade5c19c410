import type { ActivityOptions } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, OnboardingId } from '../domain/ids.ts';
import type { StepName } from '../domain/onboarding.ts';
import type { WaitingPolicy } from '../domain/waiting.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import type { StatusPage } from './status-page.ts';
import { namedUndo, steps } from './steps.ts';
import type { Compensation, Saga } from './undo.ts';

interface Undoing {
  agencyId: AgencyId;
  onboardingId: OnboardingId;
  waiting: WaitingPolicy;
  page: StatusPage;
  /** Who undoes; asked when it comes to that. */
  undoer: () => Actor;
}

/**
 * What an onboarding undoes, in the order of its steps. Complete before the first step begins: a step may have been done by an earlier run of
 * the workflow, before a reset or a continue-as-new.
 */
export function onboardingSaga({ agencyId, onboardingId, waiting, page, undoer }: Undoing): Saga {
  const by = () => ({ agencyId, onboardingId, actor: undoer() });
  const compensation = (name: StepName, summary: string, run: (options: ActivityOptions) => Promise<void>): Compensation => ({
    name,
    run: async () => {
      await run(namedUndo(summary, waiting));
      page.undone(name);
    },
  });
  return [
    compensation('create_account', 'Undo: create account', async (options) => {
      await steps.removeAccount.executeWithOptions(options, [by()]);
    }),
    compensation('check_allowance', 'Undo: check allowance', async (options) => {
      const { nextInLine } = await steps.releaseAllowance.executeWithOptions(options, [by()]);
      await recheckOnboardings(nextInLine, 'a client slot is free');
    }),
    compensation('assign_project', 'Undo: assign project', async (options) => {
      await steps.releaseProject.executeWithOptions(options, [by()]);
    }),
  ];
}
