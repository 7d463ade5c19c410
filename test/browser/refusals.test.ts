import { expect, test } from 'vitest';
import { changePlan } from '../harness/agency.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('a refusal', () => {
  test('stands below the form with its reason and next action, what was typed is kept, and waiting for a slot is one click away', async () => {
    const agency = await newTenant(api, { clientLimit: 1 });
    await activeClient(database, agency.id);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/agency');
    const form = page.getByRole('region', { name: 'Create client account' });
    await form.getByLabel('Client account', { exact: true }).fill('Birch Ltd');
    await form.getByLabel('Client notes').fill('They move in spring.');
    await form.getByRole('button', { name: 'Create client account' }).click();
    await form.getByRole('alert').getByText('The plan has no client slot left.').waitFor();
    await form.getByRole('link', { name: 'Archive a client that is no longer served' }).waitFor();
    expect(await form.getByLabel('Client account', { exact: true }).inputValue()).toBe('Birch Ltd');
    expect(await form.getByLabel('Client notes').inputValue()).toBe('They move in spring.');

    await form.getByRole('button', { name: 'Create and wait for a slot' }).click();
    await form.getByRole('listitem').filter({ hasText: 'Check allowance waiting' }).waitFor();
    await changePlan(database, agency.id, { clientLimit: 2 });
    expect(await form.getByLabel('Client account', { exact: true }).inputValue()).toBe('');
  });

  test('of a single field stands at the field, which has the focus', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/agency');
    const form = page.getByRole('region', { name: 'Create client account' });
    await form.getByLabel('Client account', { exact: true }).fill('Acme GmbH');
    await form.getByLabel('Client contact email').fill('not an address');
    await form.getByRole('button', { name: 'Create client account' }).click();
    const email = form.getByRole('textbox', { name: 'Client contact email' });
    await form.getByText('must be an e-mail address').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate("document.activeElement?.getAttribute('type')")).toBe('email');
    expect(await email.inputValue()).toBe('not an address');
  });
});

describeInBrowser('what was done', () => {
  test('is undone for eight seconds: a project that was moved, a client that was archived', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await openProject(database, agency.id, { domain: 'acme.example' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/projects');
    const row = page.getByRole('row').filter({ hasText: 'acme.example' });
    const client = row.getByRole('combobox', { name: 'Client account of' });
    await client.click();
    await page.getByRole('option', { name: 'Acme GmbH' }).click();
    await row.getByRole('button', { name: 'Save the client account' }).click();
    await page.getByText('is now under Acme GmbH').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    await until('the row says so', async () => (await client.inputValue()) === 'Unassigned');

    await goWithin(page, `/clients/${clientId}`);
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').last().waitFor();
    await page.getByRole('button', { name: 'Archive' }).waitFor();
  });
});
