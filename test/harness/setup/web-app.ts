import { join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { runWebBuild } from '../../../web/run-build.ts';
import { once } from './run.ts';

/** The directory of the web app as it is built from the sources of now. */
export function webAppOfRun(vitest: Vitest): Promise<string> {
  return once(vitest, 'web app', async ({ directory }) => {
    const built = join(directory, 'web-app');
    await runWebBuild(built);
    return built;
  });
}
