import type { MoveProjectInput, MoveProjectResult } from '../activities/move-project.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Assigns, moves or unassigns a project, and tells the onboardings of both clients. */
export async function assignProject(input: MoveProjectInput): Promise<MoveProjectResult> {
  const moved = await steps.moveProject.executeWithOptions(named('Assign project'), [input]);
  if (moved.outcome === 'moved') await recheckOnboardings(moved.waitingWorkflowIds, 'a project was assigned');
  return moved;
}
