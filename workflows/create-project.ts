import type { CreateProjectInput, CreateProjectResult } from '../activities/create-project.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** A project of the agency, and a hint to the onboardings that may wait for it. */
export async function createProject(input: CreateProjectInput): Promise<CreateProjectResult> {
  const created = await steps.createProject.executeWithOptions(named('Create project'), [input]);
  if (created.outcome === 'created') await recheckOnboardings(created.waitingWorkflowIds, 'a project was created');
  return created;
}
