import type { Kysely } from 'kysely';
import { readProject } from '../db/read/project.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientId, ProjectId } from '../domain/ids.ts';
import { type Blocker, hasTurnedBack, waitsForProject } from '../domain/onboarding.ts';
import { readiness } from '../domain/readiness.ts';
import {
  type EndedOnboarding,
  endedOnboarding,
  lockOnboarding,
  type OnboardingKey,
  recordProgress,
  recordStep,
  sameBlockers,
  sinceMsIn,
} from './onboarding-record.ts';
import type { StepRun } from './step-run.ts';

export interface VerifyStatusInput extends OnboardingKey {
  clientId: ClientId;
  projectId: ProjectId;
  actor: Actor;
}

export type VerifyStatusResult =
  /** Whether it is to be shared now, left out where only the workflow knows; and for whom, where somebody chose so while it went on. */
  | { outcome: 'ready'; shareWhenReady?: boolean; sharer?: Actor }
  /** Since when, in ms since the epoch; what an earlier release answered does not say. */
  | { outcome: 'waiting'; blockers: Blocker[]; sinceMs?: number }
  /** The project is no longer this client's: the onboarding needs another one. */
  | { outcome: 'project_gone' }
  | EndedOnboarding;

interface WishOfSharing {
  share_when_ready: boolean | null;
  share_chosen_by: Actor | null;
}

/**
 * Step 4: reads the five badges, the client and the plan, and decides readiness. Ready: the onboarding is `ready_to_share`, for good.
 * Idempotent: a decision of ready stands, everything else is decided anew.
 */
export async function verifyStatus(db: Kysely<Database>, input: VerifyStatusInput, run: StepRun): Promise<VerifyStatusResult> {
  return inTenant(db, input.agencyId, async (tx, closing) => {
    const [onboarding, project] = await Promise.all([lockOnboarding(tx, input), readProject(reading(tx), input.agencyId, input.projectId)]);
    if (onboarding?.state === 'ready_to_share') return decisionOf(onboarding);
    if (!onboarding || hasTurnedBack(onboarding.state)) return endedOnboarding(tx, input, onboarding);
    // A late attempt: the project was moved away before, and the step before this one waits for another, or for this one to be given again.
    if (waitsForProject(onboarding.state)) return { outcome: 'project_gone' };

    if (project?.clientId !== input.clientId) {
      closing(
        recordStep(tx, input, { name: 'verify_status', state: 'pending', detail: null }, run),
        recordProgress(tx, input, run, {
          from: onboarding,
          step: { name: 'assign_project', state: 'pending', detail: 'the project was moved away' },
          onboarding: { state: 'running', blockers: [], projectId: null, projectAssigned: false, projectMovedAway: true },
        }),
      );
      return { outcome: 'project_gone' };
    }

    const { ready, blockers } = readiness(project, new Date());
    if (ready) {
      closing(
        recordProgress(tx, input, run, {
          from: onboarding,
          step: { name: 'verify_status', state: 'done', detail: null },
          onboarding: { state: 'ready_to_share', blockers: [] },
          events: [{ ...input, kind: 'onboarding.ready_to_share' }],
        }),
      );
      return decisionOf(onboarding);
    }
    closing(
      recordProgress(tx, input, run, {
        from: onboarding,
        step: { name: 'verify_status', state: 'waiting', detail: blockers.map(({ code }) => code).join(', ') },
        onboarding: { state: 'waiting_for_status', blockers },
        events: sameBlockers(onboarding.blockers, blockers) ? [] : [{ ...input, kind: 'onboarding.waiting', after: { for: 'status', blockers } }],
      }),
    );
    return { outcome: 'waiting', blockers, sinceMs: sinceMsIn('waiting_for_status', onboarding) };
  });
}

/** A decision of ready, with what is wished of it. */
function decisionOf({ share_when_ready: wanted, share_chosen_by: chooser }: WishOfSharing): VerifyStatusResult {
  return { outcome: 'ready', ...(wanted !== null && { shareWhenReady: wanted }), ...(wanted && chooser && { sharer: chooser }) };
}
