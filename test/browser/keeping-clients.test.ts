import { expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient, archivedLongAgo } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

/** An agency with a client that has a shared project, before the eyes of one of its people. */
async function keeping(role: 'owner' | 'admin' = 'owner') {
  const agency = await newTenant(api);
  const { clientId } = await activeClient(database, agency.id, { name: 'Acme GmbH', contactEmail: 'ops@acme.example' });
  const projectId = await openProject(database, agency.id, { domain: 'acme.example', clientId });
  const project = { agencyId: agency.id, projectId };
  await makeReady(database, project);
  await share(database, project, clientId);
  const page = await foyer.openWindow(await openPerson(api, agency.id, { role }));
  return { agency, clientId, projectId, page };
}

describeInBrowser('a client that there is already', () => {
  test('is told before another one is created; created anyway, it is a suspected duplicate, and is merged by its name once what that does was shown', async () => {
    const { page } = await keeping();
    await page.goto('/agency');
    const form = page.getByRole('region', { name: 'Create client account' });
    await form.getByLabel('Client account', { exact: true }).fill('ACME');
    await form.getByLabel('External reference').fill('HS-1042');
    await form.getByRole('button', { name: 'Create client account' }).click();
    await form.getByRole('alert').getByRole('link', { name: 'Acme GmbH' }).waitFor();
    expect(await page.getByRole('table', { name: 'Client accounts' }).getByText('ACME', { exact: true }).count()).toBe(0);
    await form.getByRole('button', { name: 'Create anyway' }).click();
    await form.getByRole('listitem').filter({ hasText: 'Check allowance done' }).waitFor();

    await goWithin(page, '/clients');
    await page.getByRole('table', { name: 'Suspected duplicates' }).getByRole('button', { name: 'Merge ACME' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Acme GmbH gets what it has not: External reference HS-1042.').waitFor();
    await dialog.getByRole('button', { name: 'The other way round' }).click();
    await dialog.getByText('Site acme.example moves to ACME, and its links stop working at once, for good.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await dialog.getByRole('button', { name: 'Merge Acme GmbH' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type Acme GmbH to confirm').fill('Acme GmbH');
    await dialog.getByRole('button', { name: 'Merge Acme GmbH' }).click();

    await page.getByRole('heading', { level: 1, name: 'ACME' }).waitFor();
    await page.getByRole('table', { name: 'Client project' }).getByText('acme.example', { exact: true }).waitFor();
    await goWithin(page, '/clients?state=archived');
    await page.getByRole('table', { name: 'Client accounts' }).getByRole('row').filter({ hasText: 'Acme GmbH' }).filter({ hasText: 'Archived' }).waitFor();
    expect(await page.getByRole('region', { name: 'Suspected duplicates' }).count()).toBe(0);
  });
});

describeInBrowser('a client that leaves', () => {
  test('does so on a day that is chosen once what will happen was said; until then it is seen to leave, its pack is there, and it can be cancelled', async () => {
    const { clientId, page } = await keeping();
    await page.goto(`/clients/${clientId}`);
    await page.getByRole('button', { name: 'Offboard' }).click();
    const offboarding = page.getByRole('region', { name: 'Offboarding' });
    const nextYear = new Date().getUTCFullYear() + 1;
    await offboarding.getByLabel('Leaves on').fill(`${nextYear}-12-31`);
    const plan = offboarding.getByRole('region', { name: 'What will happen' });
    await plan.getByText('ops@acme.example is told the day').waitFor();
    expect(await plan.getByRole('term').allInnerTexts()).toEqual(['Now', `24 Dec ${nextYear}`, `30 Dec ${nextYear}`, `31 Dec ${nextYear}`, 'Until then']);
    await plan.getByText('The links of Site acme.example end for good. Its project becomes unassigned').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await offboarding.getByRole('button', { name: 'Offboard client' }).click();

    const pack = offboarding.getByRole('link', { name: 'Download' });
    const downloading = page.waitForEvent('download');
    await pack.click();
    expect((await downloading).suggestedFilename()).toMatch(/\.zip$/);
    await goWithin(page, '/clients');
    await page.getByRole('row').filter({ hasText: 'Acme GmbH' }).getByText(`Leaves on 31 Dec ${nextYear}`).waitFor();

    await goWithin(page, `/clients/${clientId}`);
    await offboarding.getByRole('button', { name: 'Cancel offboarding' }).click();
    await page.getByLabel('Type Acme GmbH to confirm').fill('Acme GmbH');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel offboarding' }).click();
    await offboarding.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Offboard' }).waitFor();
  });

  test('is not archived before it is known whether links end with it, however slow that is', async () => {
    const { clientId, page } = await keeping();
    const held = Promise.withResolvers<void>();
    await page.route(/\/projects\?(?=.*limit=200)/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(`/clients/${clientId}`);
    await page.getByRole('button', { name: 'Archive' }).click();
    held.resolve();
    await page.getByRole('dialog').getByLabel('Type Acme GmbH to confirm').waitFor();
  });

  test('is erased by an owner once it was kept long enough, and before that the control says from when on', async () => {
    const { agency, clientId, page } = await keeping();
    await agency.post(`/clients/${clientId}/archive`);
    await page.goto(`/clients/${clientId}`);
    const erase = page.getByRole('button', { name: 'Erase' });
    await erase.focus();
    await page.getByRole('tooltip', { name: /From .* on an owner can erase it/ }).waitFor();

    const { clientId: leftLongAgo } = await archivedLongAgo(database, agency.id, { name: 'Birch Ltd' });
    await goWithin(page, `/clients/${leftLongAgo}`);
    await erase.click();
    await page.getByLabel('Type Birch Ltd to confirm').fill('Birch Ltd');
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
    await page.getByText('Birch Ltd is erased.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/clients');
    await goWithin(page, `/clients/${leftLongAgo}`);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });
});

describeInBrowser('a name that is typed to confirm', () => {
  test('is that of the client as it is read', async () => {
    const agency = await newTenant(api);
    // One blank of two is shown, and what a Mac writes into a file is an e and an accent behind it.
    const { clientId } = await archivedLongAgo(database, agency.id, { name: 'Cafe\u0301 \u00a0Zu\u0308rich' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto(`/clients/${clientId}`);
    await page.getByRole('button', { name: 'Erase' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Cafe Zürich');
    expect(await dialog.getByRole('button', { name: 'Erase' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Café Zürich');
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('is erased').waitFor();
  });
});

describeInBrowser('a project that moves', () => {
  test('says before which links end and asks for its name; a move that ends nothing is done at once, and taken back', async () => {
    const { agency, page } = await keeping('admin');
    const { clientId: birch } = await activeClient(database, agency.id, { name: 'Birch Ltd' });
    const move = async (project: string, to: string) => {
      const row = page.getByRole('row').filter({ hasText: project });
      await row.getByRole('combobox', { name: 'Client account of' }).click();
      await page.getByRole('option', { name: to }).click();
      await row.getByRole('button', { name: 'Save the client account' }).click();
    };
    await page.goto('/projects');
    await move('acme.example', 'Birch Ltd');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The links of its shared report stop working at once, for good').waitFor();
    expect(await dialog.getByRole('button', { name: 'Move Site acme.example to Birch Ltd' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type Site acme.example to confirm').fill('Site acme.example');
    await dialog.getByRole('button', { name: 'Move Site acme.example to Birch Ltd' }).click();
    await page.getByText('Site acme.example is now under Birch Ltd.').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);

    // Now that nothing is shared any more, by the filter of the client that has it.
    await goWithin(page, `/projects?client=${birch}`);
    await move('acme.example', 'Acme GmbH');
    await dialog.getByText('No link ends and no onboarding changes.').waitFor();
    await dialog.getByRole('button', { name: 'Move Site acme.example to Acme GmbH' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    await page.getByRole('row').filter({ hasText: 'acme.example' }).waitFor();
  });

  test('is not taken from a client that somebody else has put it under meanwhile, with links that would end, before that was asked', async () => {
    const { agency, projectId, page } = await keeping('admin');
    await activeClient(database, agency.id, { name: 'Birch Ltd' });
    // As it was shown before somebody assigned and shared it, in a window that has not heard of it yet.
    await page.route(/\/projects\?/, async (route) => {
      const response = await route.fetch();
      const { items, ...rest } = await response.json();
      const before = items.map((project: object) => ({ ...project, clientId: null, clientName: null, sharing: { state: 'private', views: 0 } }));
      await route.fulfill({ response, json: { ...rest, items: before } });
    });
    await page.goto('/projects');
    const row = page.getByRole('row').filter({ hasText: 'acme.example' });
    await row.getByRole('combobox', { name: 'Client account of' }).click();
    await page.getByRole('option', { name: 'Birch Ltd' }).click();
    await row.getByRole('button', { name: 'Save the client account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The links of its shared report stop working at once, for good').waitFor();
    expect(await agency.get(`/projects/${projectId}`)).toMatchObject({ body: { clientName: 'Acme GmbH', sharing: { state: 'shared' } } });

    await dialog.getByLabel('Type Site acme.example to confirm').fill('Site acme.example');
    await dialog.getByRole('button', { name: 'Move Site acme.example to Birch Ltd' }).click();
    await page.getByText('Site acme.example is now under Birch Ltd.').waitFor();
  });
});
