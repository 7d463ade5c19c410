import type { TestProject } from 'vitest/node';
import { postgresOfRun } from './postgres.ts';
import { temporalOfRun } from './temporal.ts';
import { workflowBundleOfRun } from './workflow-bundle.ts';

/** For kinds that run workflows: Postgres, Temporal and the workflow bundle, side by side. */
export default async function setup({ vitest, provide }: TestProject): Promise<void> {
  const [postgres, temporal, bundlePath] = await Promise.all([postgresOfRun(vitest), temporalOfRun(vitest), workflowBundleOfRun(vitest)]);
  provide('postgres', postgres);
  provide('temporal', temporal);
  provide('workflowBundlePath', bundlePath);
}
