import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { webAppDirectory } from '../api/web-app.ts';
import { isStale } from '../web/is-stale.ts';
import type { StartContext } from './start-context.ts';

const run = promisify(execFile);

/** Builds the web app where what it is made of has changed since the last time. In a process of its own: the build sets the environment to its needs. */
export async function bringUpWebApp({ progress }: StartContext): Promise<void> {
  if (!(await isStale(webAppDirectory))) return;
  await progress.step(
    'Web app',
    () => 'built',
    async () => {
      try {
        await run(process.execPath, [join(import.meta.dirname, '..', 'web', 'build-main.ts'), webAppDirectory]);
      } catch (error) {
        throw new Error(`The web app could not be built: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  );
}
