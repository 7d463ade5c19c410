import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('live progress', () => {
  test('stands still while no worker is there, and goes on by itself when one comes', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/agency');
    await foyer.worker.stop();
    const form = page.getByRole('region', { name: 'Create client account' });
    await form.getByLabel('Client account', { exact: true }).fill('Acme GmbH');
    await form.getByRole('button', { name: 'Create client account' }).click();
    await form.getByRole('listitem').filter({ hasText: 'Create account to come' }).waitFor();
    await foyer.startWorker();
    await form.getByRole('listitem').filter({ hasText: 'Check allowance done' }).waitFor();
    await page.getByRole('table', { name: 'Client accounts' }).getByText('Acme GmbH').waitFor();
  });
});

describeInBrowser('a lost connection', () => {
  test('says so in a quiet line, keeps what was typed, and catches up with what happened meanwhile', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/agency');
    const form = page.getByRole('region', { name: 'Create client account' });
    await page.getByText('No client accounts yet').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Connection lost').waitFor();
    await form.getByLabel('Client account', { exact: true }).fill('Birch Ltd');
    await form.getByRole('button', { name: 'Create client account' }).click();
    await form.getByRole('alert').getByText('Foyer cannot be reached').waitFor();
    expect(await form.getByLabel('Client account', { exact: true }).inputValue()).toBe('Birch Ltd');

    await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await page.context().setOffline(false);
    await page.getByRole('table', { name: 'Client accounts' }).getByText('Acme GmbH').waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Create client account' }).click();
    await form.getByRole('listitem').filter({ hasText: 'Check allowance done' }).waitFor();
  });
});
