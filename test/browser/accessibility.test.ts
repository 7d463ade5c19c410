import { expect, test } from 'vitest';
import { webPaths } from '../../domain/web-path.ts';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { importThatHasEnded } from '../harness/import.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { settled } from '../harness/settled.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

/** An agency with something of everything to show. */
async function livedIn() {
  const agency = await newTenant(api, { whiteLabel: true });
  const { clientId } = await activeClient(database, agency.id, { name: 'Acme GmbH', contactEmail: 'ops@acme.example', externalReference: 'HS-1' });
  const projectId = await openProject(database, agency.id, { clientId });
  await makeReady(database, { agencyId: agency.id, projectId });
  await openProject(database, agency.id);
  await agency.post('/clients', { name: 'Birch Ltd' });
  await agency.post('/crm-connections', { provider: 'standard' });
  await agency.put(`/projects/${projectId}/sharing`, { enabled: true });
  return { agency, clientId, projectId, importId: await importThatHasEnded(database, agency.id) };
}

/** Each screen is looked at on a desk in daylight, then on a narrow phone in the dark. */
const looks = [
  { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

/** The windows ask for less motion: nothing may take its time, not even to change its colour with the theme. */
const movesAnywhere = "[...document.querySelectorAll('*')].some((one) => getComputedStyle(one).transitionDuration !== '0s')";

describeInBrowser('every screen', () => {
  test('breaks no rule of axe in both themes, is no wider than the window, and moves for nobody who asked for less motion', { timeout: 180_000 }, async () => {
    const { agency, clientId, projectId, importId } = await livedIn();
    const person = await openPerson(api, agency.id, { role: 'owner' });
    const found: Record<string, string[]> = {};
    const paths = [...webPaths, '/nothing-is-here'];
    const visit = async () => {
      const page = await foyer.openWindow(person);
      let inApp = false;
      for (let path = paths.shift(); path; path = paths.shift()) {
        const address = path.replace('$clientId', clientId).replace('$projectId', projectId).replace('$importId', importId);
        if (inApp) await goWithin(page, address);
        else await page.goto(address);
        inApp = true;
        await settled(page);
        if (await page.evaluate(movesAnywhere)) found[path] = ['moves'];
        for (const { colorScheme, viewport } of looks) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
          const fits = await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
          const broken = [...(await accessibilityFaults(page)), ...(fits ? [] : ['wider than the window'])];
          if (broken.length > 0) found[`${path} in ${colorScheme}`] = broken;
        }
      }
    };
    await Promise.all([visit(), visit()]);
    expect(found).toEqual({});
  });
});
