import type { TestProject } from 'vitest/node';
import { findChromium, howToGetChromium } from '../../../dev/find-chromium.ts';
import { browserOfRun } from './chromium.ts';
import setUpServers from './servers.ts';
import { webAppOfRun } from './web-app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of the run listens, and the built web app; null where no browser is installed, and its tests are then skipped. */
    browser: { endpoint: string; webAppDirectory: string } | null;
  }
}

/** For kinds that look at pages: a browser and the built web app, beside the servers. */
export default async function setup(project: TestProject): Promise<void> {
  const executable = await findChromium();
  if (!executable) {
    console.log(`\nNo Chromium here: the browser tests are skipped. ${howToGetChromium}\n`);
    project.provide('browser', null);
    return setUpServers(project);
  }
  const [endpoint, webAppDirectory] = await Promise.all([browserOfRun(project.vitest, executable), webAppOfRun(project.vitest), setUpServers(project)]);
  project.provide('browser', { endpoint, webAppDirectory });
}
