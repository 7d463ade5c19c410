import type { TestProject } from 'vitest/node';
import { workflowBundleOfRun } from './workflow-bundle.ts';

/** For kinds that only replay. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('workflowBundlePath', await workflowBundleOfRun(project.vitest));
}
