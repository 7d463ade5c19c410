import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
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
async function show(address: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const person = address.startsWith('/') ? owner : undefined;
  const page = await foyer.openWindow(person, { bypassCSP: true, viewport: { width: 1440, height: 1100 }, colorScheme });
  await page.goto(address);
  await settled(page);
  await drawInOneFont(page);
  return page;
}

describeInBrowser('the main screens look as their pictures do', () => {
  test.each([
    ['agency', '/agency'],
    ['client', `/clients/${birch}`],
    ['onboardings', '/onboardings'],
    ['project', `/projects/${acmeProject}`],
    ['people', '/settings/people'],
    ['portal', links.portal],
    ['report', links.public],
  ])('%s', async (name, address) => {
    expect(await pictureFaults(name, await pictureOf(await show(address)))).toEqual([]);
  });

  test.each([
    ['agency', '/agency'],
    ['client', `/clients/${birch}`],
  ])('%s in the dark', async (name, address) => {
    expect(await pictureFaults(`${name}-dark`, await pictureOf(await show(address, 'dark')))).toEqual([]);
  });

  test('which they would not with a panel less', async () => {
    const page = await show('/agency');
    const whole = await pictureOf(page);
    await page.getByRole('region', { name: 'Create client account' }).evaluate((panel) => panel.remove());
    expect((await compare(whole, await pictureOf(page))).share).toBeGreaterThan(tolerance);
  });
});
