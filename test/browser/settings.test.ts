import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;

describeInBrowser('settings', () => {
  test('invite somebody, who then stands among the invitations', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const email = `ada-${randomUUID()}@people.example`;
    await page.goto('/settings/people');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send invitation' }).click();
    await page.getByRole('table', { name: 'Invitations' }).getByRole('row').filter({ hasText: email }).filter({ hasText: 'Waits for an answer' }).waitFor();
  });

  test('make a key that works at once, is shown once, and is refused once it is revoked by its name', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'admin' }));
    await page.goto('/settings/keys');
    await page.getByRole('textbox', { name: 'Name' }).fill('Reporting');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.getByText('The new key').locator('..').getByRole('code').innerText();
    const read = () => api.send({ method: 'GET', path: `/v1/agencies/${agency.id}/clients`, key });
    expect(await read()).toMatchObject({ status: 200 });
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.innerText('main')).not.toContain(key);

    await page.getByRole('button', { name: 'Revoke Reporting' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Revoke' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type Reporting to confirm').fill('Reporting');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row').filter({ hasText: 'Reporting' }).filter({ hasText: 'Revoked' }).waitFor();
    expect(await read()).toMatchObject({ status: 401 });
  });

  test('connect a CRM and try it; what came in stands below, and all of it in the history', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/settings/crm');
    await page.getByRole('button', { name: 'Connect a CRM' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByRole('table', { name: 'Last deliveries' }).getByText('foyer.test').waitFor();
    await page.goto('/settings/history');
    await page.getByRole('table', { name: 'History' }).getByText('CRM connection created').waitFor();
  });

  test('set the brand: the preview shows it as it is typed, a colour that nobody could read is told to be shown darker, and nothing typed is lost', async () => {
    const agency = await newTenant(api, { whiteLabel: true });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/settings/brand');
    await page.getByLabel('Report brand').fill('Northwind Reports');
    await page.getByRole('figure').getByText('Northwind Reports').waitFor();
    const colour = page.getByLabel('Accent colour');
    const save = page.getByRole('button', { name: 'Save brand' });
    await colour.fill('sunny');
    await colour.press('Tab');
    await save.click();
    await page.getByText('must be a colour such as #0a6b5c').waitFor();
    expect(await colour.inputValue()).toBe('sunny');
    await colour.fill('#ffe100');
    await colour.press('Tab');
    await save.click();
    await page.getByText(/^Shown as #/).waitFor();
    expect(await colour.inputValue()).toBe('#ffe100');

    // Somebody else saves meanwhile: it is shown where nothing was typed, and what was typed stays.
    await page.getByLabel('Footer').fill('Northwind, Hamburg');
    await agency.put('/brand', { reportBrand: 'Northwind Studio Reports' });
    await page.getByRole('figure').getByText('Northwind Studio Reports').waitFor();
    expect(await page.getByLabel('Footer').inputValue()).toBe('Northwind, Hamburg');
    await save.click();
    const saved = await until('the footer is saved', async () => {
      const { body } = await agency.get('/brand');
      return JSON.stringify(body).includes('Northwind, Hamburg') && body;
    });
    expect(saved).toMatchObject({ reportBrand: 'Northwind Studio Reports', accentColor: '#ffe100', footer: 'Northwind, Hamburg' });
  });
});
