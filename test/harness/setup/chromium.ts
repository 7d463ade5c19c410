import { access, constants } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { Vitest } from 'vitest/node';
import { once } from './run.ts';

/** Where Chromium is on the systems that people test on; the first of them that is there. */
const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  // Where `npx playwright install chromium` puts it.
  chromium.executablePath(),
];

/** The path of a Chromium on this machine; undefined where there is none. */
export async function findBrowser(): Promise<string | undefined> {
  for (const place of places) {
    if (place && (await isExecutable(place))) return place;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chromium's own sandbox needs rights that root in a container has not. */
export const browserArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Where the browser of the run listens: all test files share it, each in windows of its own. */
export function browserOfRun(vitest: Vitest, executablePath: string): Promise<string> {
  return once(vitest, 'browser', async ({ atEnd }) => {
    const server = await chromium.launchServer({ executablePath, args: browserArguments });
    atEnd(() => server.close());
    return server.wsEndpoint();
  });
}
