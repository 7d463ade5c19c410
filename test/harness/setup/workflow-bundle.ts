import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { once } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The workflows of this run as one script, for `workflowBundle: { codePath }`. */
    workflowBundlePath: string;
  }
}

export function workflowBundleOfRun(vitest: Vitest): Promise<string> {
  return once(vitest, 'workflow bundle', async ({ directory }) => {
    const { code } = await bundleWorkflows();
    const path = join(directory, 'workflow-bundle.js');
    await writeFile(path, code);
    return path;
  });
}
