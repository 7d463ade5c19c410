import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** Where the workflows are; an index file that webpack and Node both resolve. */
export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * Modules that a worker runs once rather than once a workflow: all of ours, which keep nothing of a run (`test/replay/bundle.test.ts` sees to it). The sandbox
 * freezes what they export.
 */
export const preloadModules = [workflowsPath];

/** The workflows as one script for the sandbox. Fails when a workflow reaches Node or a database. */
export async function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath, preloadModules, logger: new DefaultLogger('WARN') });
}
