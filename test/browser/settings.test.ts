import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';

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

  test('set the brand: the preview shows it as it is typed, and a colour that nobody could read is told to be shown darker', async () => {
    const agency = await newTenant(api, { whiteLabel: true });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/settings/brand');
    await page.getByLabel('Report brand').fill('Northwind Reports');
    await page.getByRole('figure').getByText('Northwind Reports').waitFor();
    await page.getByLabel('Accent colour').fill('#ffe100');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save brand' }).click();
    await page.getByText(/^Shown as #/).waitFor();
  });
});
