import { chromium } from 'playwright-core';
import type { Vitest } from 'vitest/node';
import { chromiumArguments } from '../../../dev/find-chromium.ts';
import { once } from './run.ts';

/** Where the browser of the run listens: all test files share it, each in windows of its own. */
export function browserOfRun(vitest: Vitest, executablePath: string): Promise<string> {
  return once(vitest, 'browser', async ({ atEnd }) => {
    const server = await chromium.launchServer({ executablePath, args: chromiumArguments });
    atEnd(() => server.close());
    return server.wsEndpoint();
  });
}
