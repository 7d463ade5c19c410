import { expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { importRow, storedImport } from '../harness/import.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('an import', () => {
  test('is seen row by row before anything is written, then followed to its end, and leads to each client', async () => {
    const agency = await newTenant(api, { clientLimit: 3 });
    await activeClient(database, agency.id, { name: 'Known', externalReference: 'HS-1' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/imports');
    await page.getByText('No imports yet').waitFor();

    // A file that cannot be read says what is wrong with it, and another can be chosen.
    const broken = { name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('email\na@b.example\n') };
    await page.locator('input[type=file]').setInputFiles(broken);
    await page.getByText('The file has no column for the client’s name').waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();

    const csv = 'name,email,reference,phone\nKnown & Co,,HS-1,1\nAcme,ops@acme.example,,2\nBirch,nobody,,3\nACME Ltd,,,4\nCedar,,,5\nElm,,,6\n';
    await page.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('2 will be created, 1 will be updated, 1 will wait for a slot, 1 left out as a duplicate, 1 refused.').waitFor();
    await page.getByText('Not imported: phone.').waitFor();
    const rows = page.getByRole('table', { name: 'Rows' });
    expect(await rows.getByRole('row').filter({ hasText: 'Birch' }).innerText()).toContain('contactEmail: must be an e-mail address');
    expect((await agency.get('/clients')).body).toMatchObject({ items: { length: 1 } });
    expect(await accessibilityFaults(page)).toEqual([]);

    // With no slot left rows can be refused instead; the table tells at once.
    await page.getByLabel('With no client slot left').selectOption('Refuse the row');
    await page.getByText('2 will be created, 1 will be updated, 1 left out as a duplicate, 2 refused.').waitFor();
    await page.getByLabel('With no client slot left').selectOption('Wait for a slot');
    await page.getByRole('button', { name: 'Import 4 clients' }).click();

    await page.getByText('2 created, 1 updated, 1 waits for a slot, 1 left out as a duplicate, 1 refused').waitFor();
    await page.getByRole('heading', { name: 'clients.csv' }).waitFor();
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Refused');
    await rows.getByRole('row').filter({ hasText: 'Cedar' }).waitFor({ state: 'detached' });
    expect(await rows.getByRole('row').count()).toBe(2);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Updated');
    await rows.getByRole('link', { name: 'Known & Co' }).click();
    await page.getByRole('heading', { name: 'Known & Co' }).waitFor();

    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('table', { name: 'Imports' }).getByRole('link', { name: 'clients.csv' }).waitFor();
  });

  test('that runs is looked at all the time, and its rows are read again once some have come to something, each time to the end', async () => {
    const agency = await newTenant(api);
    const importId = await storedImport(database, agency.id, [importRow({ name: 'Fern' }), importRow({ name: 'Gale' })]);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const rowsAskedFor: string[] = [];
    page.on('request', (request) => rowsAskedFor.push(...(/\/imports\/.*[?&]limit=(\d+)/.exec(request.url())?.slice(1) ?? [])));
    await page.goto(`/imports/${importId}`);
    await until('it was looked at again and again', () => rowsAskedFor.filter((limit) => limit === '1').length > 3);
    expect(rowsAskedFor.filter((limit) => limit !== '1')).toHaveLength(1);
    const [reads, brokenOff, go] = [[] as string[], [] as string[], Promise.withResolvers<void>()];
    const rowsUrl = /\/imports\/.*[?&]limit=200/;
    page.on('requestfailed', (request) => rowsUrl.test(request.url()) && brokenOff.push(request.url()));
    await page.route(rowsUrl, async (route) => {
      const answer = await route.fetch();
      if (reads.push(route.request().url()) === 1) await go.promise;
      await route.fulfill({ response: answer }).catch(() => undefined);
    });
    for (const line of [1, 2]) {
      await database.admin.updateTable('import_rows').set({ outcome: 'cancelled' }).where('import_id', '=', importId).where('line', '=', line).execute();
      await page.locator(`progress[value="${line}"]`).waitFor();
      await until('they are read', () => reads.length > 0);
    }
    go.resolve();
    await page.getByRole('table', { name: 'Rows' }).getByText('Cancelled').nth(1).waitFor();
    expect({ reads: reads.length, brokenOff }).toEqual({ reads: 2, brokenOff: [] });
  });

  test('is not for a viewer, whom the page tells why', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'viewer' }));
    await page.goto('/imports');
    await page.getByText('Imports are for owners and admins').waitFor();
    expect(await page.getByRole('button', { name: 'Choose a file' }).getAttribute('aria-disabled')).toBe('true');
  });
});
