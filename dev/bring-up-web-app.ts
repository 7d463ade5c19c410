import { webAppDirectory } from '../api/web-app.ts';
import { isStale } from '../web/is-stale.ts';
import { runWebBuild } from '../web/run-build.ts';
import type { StartContext } from './start-context.ts';

/** Builds the web app where what it is made of has changed since the last time. */
export async function bringUpWebApp({ progress }: StartContext): Promise<void> {
  if (!(await isStale(webAppDirectory))) return;
  await progress.step(
    'Web app',
    () => 'built',
    async () => {
      try {
        await runWebBuild(webAppDirectory);
      } catch (error) {
        throw new Error(`The web app could not be built: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  );
}
