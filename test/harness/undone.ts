import { endOnboarding } from '../../activities/end-onboarding.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { releaseProject } from '../../activities/release-project.ts';
import { removeAccount } from '../../activities/remove-account.ts';
import type { Actor } from '../../domain/actor.ts';
import type { OnboardedClient } from './client.ts';
import type { TestDatabase } from './database.ts';
import { firstRun } from './onboarding-input.ts';

export const canceller: Actor = { kind: 'user', id: 'person-1', label: 'Pat' };

export const undoOf = ({ agencyId, onboardingId }: OnboardedClient) => ({ agencyId, onboardingId, actor: canceller });

/** Cancels an onboarding as the workflow does, without one: every undo in reverse, then the end. */
export async function cancelWithoutWorkflow({ worker }: TestDatabase, client: OnboardedClient): Promise<void> {
  await releaseProject(worker, undoOf(client), firstRun());
  await releaseAllowance(worker, undoOf(client), firstRun());
  await removeAccount(worker, undoOf(client), firstRun());
  await endOnboarding(worker, { ...undoOf(client), state: 'cancelled', blockers: [] });
}
