import { access, constants } from 'node:fs/promises';
import { chromium } from 'playwright-core';

/** Where Chromium is on the systems that people develop on; the first of them that is there. */
const places = [
  process.env['CHROMIUM_PATH'],
  // The same engine without what draws windows: at half the processor time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  // Where `npx playwright-core install chromium` puts it.
  chromium.executablePath(),
];

export const howToGetChromium = 'Install Chromium (apt-get install chromium-headless-shell), or name yours in CHROMIUM_PATH.';

/** Chromium's own sandbox needs rights that root in a container has not. */
export const chromiumArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The path of a Chromium on this machine; undefined where there is none. */
export async function findChromium(): Promise<string | undefined> {
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
