import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openPerson } from '../harness/person.ts';
import { compare, drawInOneFont, pictureFaults, pictureOf, tolerance } from '../harness/picture.ts';
import { openProject } from '../harness/project.ts';
import { settled } from '../harness/settled.ts';
import { readyProject, shareProject } from '../harness/shared-project.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

/** An agency of which every name is known: nothing in a picture is random but what is too small to be seen. */
async function northwind() {
  const agency = await newTenant(api, { whiteLabel: true, clientLimit: 10 });
  await database.admin.updateTable('accounts').set({ name: 'Northwind Studio' }).where('id', '=', agency.id).execute();
  const acme = await activeClient(database, agency.id, { name: 'Acme GmbH', contactEmail: 'ops@acme.example', externalReference: 'HS-1042' });
  const shared = await readyProject(api, { tenant: agency, clientId: acme.clientId, domain: 'acme.example' });
  const birch = await activeClient(database, agency.id, { name: 'Birch Ltd', notes: 'Prefers short reports.' });
  await assignProject(database.worker, { ...birch, actor: tester, projectId: null, projectDomain: null }, firstRun());
  await openProject(database, agency.id, { domain: 'cedar.example' });
  await agency.put('/brand', { accentColor: '#0a6b5c', footer: 'Northwind Studio, Harbour Road 4' });
  const links = await shareProject(shared);
  const owner = await openPerson(api, agency.id, { role: 'owner', name: 'Robin Example', email: 'robin@northwind.example' });
  return { owner, links, birch: birch.clientId, acmeProject: shared.projectId };
}

const { owner, links, birch, acmeProject } = await northwind();

/** A window that shows what is at the address and nothing that depends on the machine; for the owner, where it is not a client's. */
async function show(address: string): Promise<Page> {
  const person = address.startsWith('/') ? owner : undefined;
  const page = await foyer.openWindow(person, { bypassCSP: true, viewport: { width: 1440, height: 1100 }, colorScheme: 'light' });
  await page.goto(address);
  await settled(page);
  await drawInOneFont(page);
  return page;
}

describeInBrowser('the main screens look as their pictures do', () => {
  test.each([
    ['portal', links.portal],
    ['report', links.public],
  ])('%s', async (name, address) => {
    expect(await pictureFaults(name, await pictureOf(await show(address)))).toEqual([]);
  });

  test('those of the agency, in the light and in the dark, which they would not with a panel less', async () => {
    const screens = [
      { name: 'client', address: `/clients/${birch}`, looks: ['dark', 'light'] },
      { name: 'onboardings', address: '/onboardings', looks: ['light'] },
      { name: 'project', address: `/projects/${acmeProject}`, looks: ['light'] },
      { name: 'people', address: '/settings/people', looks: ['light'] },
      { name: 'agency', address: '/agency', looks: ['dark', 'light'] },
    ] as const;
    const page = await show(screens[0].address);
    const faults: string[] = [];
    let shown: Buffer = Buffer.alloc(0);
    for (const { name, address, looks } of screens) {
      await goWithin(page, address);
      await settled(page);
      for (const colorScheme of looks) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
        shown = await pictureOf(page);
        faults.push(...(await pictureFaults(colorScheme === 'dark' ? `${name}-dark` : name, shown)));
      }
    }
    expect(faults).toEqual([]);
    await page.getByRole('region', { name: 'Create client account' }).evaluate((panel) => panel.remove());
    expect((await compare(shown, await pictureOf(page))).share).toBeGreaterThan(tolerance);
  });
});
