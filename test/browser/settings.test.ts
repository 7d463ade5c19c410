import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { openPerson, signInAgain } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;

/** The next answer from there is lost on its way; asked afterwards, it says what it was. */
async function loseAnswer(page: Page, path: string): Promise<() => string> {
  let lost: string | undefined;
  await page.route(path, async (route) => {
    // The same address is read as well, whenever the page comes to it.
    if (route.request().method() === 'GET' || lost !== undefined) return route.fallback();
    lost = '';
    lost = await (await route.fetch()).text();
    await route.abort();
  });
  return () => lost ?? '';
}

describeInBrowser('settings', () => {
  test('invite somebody, who then stands among the invitations', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const email = `ada-${randomUUID()}@people.example`;
    await page.goto('/settings/people');
    await page.getByLabel('E-mail').fill(email);
    const send = page.getByRole('button', { name: 'Send invitation' });
    const row = page.getByRole('table', { name: 'Invitations' }).getByRole('row').filter({ hasText: email });
    // Its answer is lost, and it is withdrawn: asked for again it is another one.
    await loseAnswer(page, '**/invitations');
    await send.click();
    await page.getByRole('alert').getByText('Foyer cannot be reached').waitFor();
    await row.getByRole('button', { name: 'Withdraw' }).click();
    await row.filter({ hasText: 'Withdrawn' }).waitFor();
    await send.click();
    await row.filter({ hasText: 'Waits for an answer' }).waitFor();
  });

  test('hand the ownership over in two steps; until then its last owner can neither leave nor be made less', async () => {
    const agency = await newTenant(api);
    const heir = await openPerson(api, agency.id, { role: 'admin', name: 'Ben' });
    const ada = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner', name: 'Ada' }));
    const ben = await foyer.openWindow(heir);
    await Promise.all([ada.goto('/settings/people'), ben.goto('/settings/people')]);
    const rowOfAda = ada.getByRole('row').filter({ hasText: 'Ada' });
    for (const name of ['Leave', 'Change Ada']) {
      await rowOfAda.getByRole('button', { name }).focus();
      await ada.getByRole('tooltip', { name: /keeps at least one owner/ }).waitFor();
    }
    const offer = async () => {
      await ada.getByLabel('New owner').selectOption(`Ben, ${heir.email}`);
      await ada.getByRole('button', { name: 'Offer ownership' }).click();
      await ada.getByText('The ownership is offered to Ben').waitFor();
    };
    await offer();
    await ada.getByRole('button', { name: 'Withdraw the offer' }).click();
    await offer();
    await ben.getByText('Ada offers you the ownership').waitFor();
    await ben.getByRole('button', { name: 'Accept ownership' }).click();
    await ben.getByRole('row').filter({ hasText: 'Ben' }).filter({ hasText: 'Owner' }).waitFor();
    await rowOfAda.filter({ hasText: 'Admin' }).getByRole('button', { name: 'Leave' }).click();
    await ada.getByRole('dialog').getByText('you see nothing of this account').waitFor();
  });

  test('show a member some clients only, which holds at once in the window that they have open, and can be taken back', async () => {
    const agency = await newTenant(api);
    for (const name of ['Acme GmbH', 'Birch Ltd']) await activeClient(api.database, agency.id, { name });
    const owner = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const member = await foyer.openWindow(await openPerson(api, agency.id, { role: 'viewer', name: 'Vic' }));
    await Promise.all([owner.goto('/settings/people'), member.goto('/clients')]);
    await member.getByRole('link', { name: 'Birch Ltd' }).waitFor();
    await owner.getByRole('button', { name: 'Change Vic' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('Admin');
    await dialog.getByLabel('Sees').selectOption('Some clients only');
    const save = dialog.getByRole('button', { name: 'Save changes' });
    await save.and(owner.locator('[aria-description="Choose the clients first."]')).waitFor();
    await dialog.getByLabel('These clients').first().fill('acm');
    await owner.getByRole('option', { name: 'Acme GmbH' }).click();
    await save.click();
    // It is offered for as long as the pointer is on it, and for eight seconds.
    const undo = owner.getByRole('button', { name: 'Undo' });
    await undo.hover();
    await owner.getByRole('row').filter({ hasText: 'Vic' }).filter({ hasText: 'Admin' }).filter({ hasText: 'One client' }).waitFor();
    await member.getByRole('link', { name: 'Birch Ltd' }).waitFor({ state: 'detached' });
    await member.getByRole('link', { name: 'Acme GmbH' }).waitFor();
    await undo.click();
    await member.getByRole('link', { name: 'Birch Ltd' }).waitFor();
  });

  test('sign out everywhere else: another window of the person asks for the password as soon as it asks for anything', async () => {
    const agency = await newTenant(api);
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    const [here, there] = [await foyer.openWindow(person), await foyer.openWindow(await signInAgain(api, person))];
    await there.goto('/projects');
    await here.goto('/settings/sessions');
    await here.getByRole('row').nth(2).waitFor();
    await here.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await here.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await here.getByRole('row').filter({ hasText: 'This one' }).waitFor();
    await goWithin(there, '/clients');
    await there.waitForURL('**/sign-in?to=*');
  });

  test('sign out everywhere else: another window that finds out stays out, even where the person goes on before it asks for the password', async () => {
    const agency = await newTenant(api);
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    const [elsewhere, there] = [await signInAgain(api, person), await foyer.openWindow(person)];
    await there.goto('/projects');
    await there.getByRole('heading', { name: 'Projects', exact: true }).waitFor();
    // It finds out by itself within moments, and what asks for the password is slow to come.
    const asking = Promise.withResolvers<void>();
    const wanted = there.waitForRequest(/sign-in-page/);
    await there.route(/sign-in-page/, async (route) => {
      await asking.promise;
      await route.continue();
    });
    expect(await elsewhere.post('/api/auth/revoke-other-sessions', {})).toMatchObject({ status: 200 });
    await wanted;
    const gone = goWithin(there, '/clients');
    asking.resolve();
    await gone;
    await there.waitForURL('**/sign-in?to=%2Fclients');
    await there.getByRole('heading', { name: 'Sign in to Foyer' }).waitFor();
  });

  test('delete their sign-in by typing its address: they are out, and nobody of the account sees them any more', async () => {
    const agency = await newTenant(api);
    const [owner, person] = [await openPerson(api, agency.id, { role: 'owner' }), await openPerson(api, agency.id, { role: 'viewer', name: 'Vic' })];
    const page = await foyer.openWindow(person);
    await page.goto('/settings/sessions');
    await page.getByRole('button', { name: 'Delete my sign-in' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(`Type ${person.email} to confirm`).fill(person.email);
    await dialog.getByRole('button', { name: 'Delete my sign-in' }).click();
    await page.waitForURL('**/sign-in');
    expect((await owner.get(`/v1/accounts/${agency.id}/members`)).text).not.toContain('Vic');
  });

  test('save what was changed alone: what another admin saved meanwhile is taken over, and not put back', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const other = await openPerson(api, agency.id, { role: 'admin' });
    await page.goto('/settings/account');
    const [name, billing] = [page.getByLabel('Name of the account'), page.getByLabel('Billing e-mail')];
    await name.fill('Northwind Studio');
    await other.patch(`/v1/accounts/${agency.id}`, { billingEmail: 'invoices@northwind.example' });
    await until('the address is taken over', async () => (await billing.inputValue()) === 'invoices@northwind.example');
    // At the field that both are at, it is said what stands there now.
    const said = page.getByText('Changed meanwhile: it now is “Northwind Group”');
    await other.patch(`/v1/accounts/${agency.id}`, { name: 'Northwind Group' });
    await said.waitFor();
    expect(await name.inputValue()).toBe('Northwind Studio');
    await name.fill('Northwind Studios');
    await said.waitFor({ state: 'detached' });
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save changes' }).click();
    expect((await sent).postDataJSON()).toEqual({ name: 'Northwind Studios' });
  });

  test('choose which mails one gets', async () => {
    const agency = await newTenant(api);
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    const page = await foyer.openWindow(person);
    await page.goto('/settings/notifications');
    const stalled = page.getByRole('switch', { name: 'An onboarding has stalled' });
    expect(await stalled.isChecked()).toBe(false);
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'PUT'), stalled.click()]);
    await stalled.and(page.locator(':checked')).waitFor();
    expect(await person.get(`/v1/accounts/${agency.id}/notifications`)).toMatchObject({ body: { 'onboarding.stalled': true, offboarding: false } });
  });

  test('make a key that works at once, is shown once, and is refused once it is revoked by its name', async () => {
    const agency = await newTenant(api);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'admin' }));
    await page.goto('/settings/keys');
    await page.getByRole('textbox', { name: 'Name' }).fill('Reporting');
    const shown = page.getByText('The new key').locator('..').getByRole('code');
    // Its answer is lost: asked for again it is the same key, not one more that nobody has seen.
    const made = await loseAnswer(page, '**/api-keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('alert').getByText('Foyer cannot be reached').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    expect(made()).toContain(await shown.innerText());
    await page.getByRole('button', { name: 'New secret of Reporting' }).waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await shown.waitFor({ state: 'detached' });
    // As with the key in the place of it, though the old one stands as replaced by then.
    const rotated = await loseAnswer(page, '**/rotate');
    await page.getByRole('button', { name: 'New secret of Reporting' }).click();
    await page.getByText('Foyer cannot be reached').waitFor();
    await page.getByRole('row').filter({ hasText: 'Replaced' }).getByRole('button', { name: 'New secret of Reporting' }).click();
    const key = await shown.innerText();
    expect(rotated()).toContain(key);
    const read = () => api.send({ method: 'GET', path: `/v1/agencies/${agency.id}/clients`, key });
    expect(await read()).toMatchObject({ status: 200 });
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.innerText('main')).not.toContain(key);

    await page.getByRole('row').filter({ hasText: 'Active' }).getByRole('button', { name: 'Revoke Reporting' }).click();
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
    await page.getByLabel('Onboard a client').fill('opportunity.closed, deal.won');
    await page.getByLabel('Client account', { exact: true }).fill('name');
    await page.getByLabel('Client notes').fill('');
    await page.getByRole('button', { name: 'Connect a CRM' }).click();
    await page.getByText('must be a JSON pointer into data, such as /deal/id').waitFor();
    await page.getByLabel('Client account', { exact: true }).fill('/organisations/0/name');
    await page.getByLabel('Only bring it up to date').fill('deal.won');
    await page.getByRole('button', { name: 'Connect a CRM' }).click();
    await page.getByText('a type either onboards or updates').waitFor();
    await page.getByLabel('Only bring it up to date').fill('client.updated');
    // Its answer is lost, and it is removed: asked for again it is another one, with another secret.
    const lost = await loseAnswer(page, '**/crm-connections');
    await page.getByRole('button', { name: 'Connect a CRM' }).click();
    await page.getByRole('alert').getByText('Foyer cannot be reached').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByLabel('Type standard to confirm').fill('standard');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No CRM connected').waitFor();
    await page.getByRole('button', { name: 'Connect a CRM' }).click();
    const secret = page.getByText(/^whsec_/);
    expect(lost()).not.toContain(await secret.innerText());
    // The connection comes above it, and moves it away from under the pointer.
    await page.getByRole('button', { name: 'New secret' }).waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await secret.waitFor({ state: 'detached' });
    const rotated = await loseAnswer(page, '**/rotate');
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByText('Foyer cannot be reached').waitFor();
    await page.getByRole('button', { name: 'New secret' }).click();
    expect(rotated()).toContain(await secret.innerText());
    const reading = page.getByRole('region', { name: 'Connection standard' });
    for (const fact of ['opportunity.closed, deal.won', '/organisations/0/name', 'not taken']) await reading.getByText(fact).waitFor();
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByRole('table', { name: 'Last deliveries' }).getByText('foyer.test').waitFor();
    await goWithin(page, '/settings/history');
    const history = page.getByRole('table', { name: 'History' });
    await history.getByText('CRM connection created').first().waitFor();
    await page.getByLabel('Event', { exact: true }).selectOption('Client archived');
    await page.getByText('Nothing like that happened').waitFor();
    await page.getByLabel('Event', { exact: true }).selectOption('CRM connection created');
    await history.getByRole('button', { name: 'Robin Example' }).first().click();
    await page.getByRole('button', { name: 'By one alone' }).waitFor();
    const exported = await page.request.get((await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')) ?? '');
    const made = expect.stringContaining('crm_connection.created');
    expect((await exported.text()).trim().split('\n')).toEqual([expect.stringContaining('kind'), made, made]);
  });

  test('set the brand: the preview shows it as it is typed, a colour that nobody could read is told to be shown darker, and nothing typed is lost', async () => {
    const agency = await newTenant(api, { whiteLabel: true });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/settings/brand');
    await page.getByLabel('Report brand').fill('Northwind Reports');
    await page.frameLocator('iframe').getByText('Northwind Reports').first().waitFor();
    const colour = page.getByLabel('Accent colour');
    const save = page.getByRole('button', { name: 'Save brand' });
    await colour.fill('sunny');
    await colour.press('Tab');
    await save.click();
    await page.getByText('must be a colour such as #0a6b5c', { exact: true }).waitFor();
    expect(await colour.inputValue()).toBe('sunny');
    await colour.fill('#ffe100');
    await colour.press('Tab');
    await save.click();
    await page.getByText(/^Shown as #/).waitFor();
    expect(await colour.inputValue()).toBe('#ffe100');

    // Somebody else saves meanwhile: it is shown where nothing was typed, and what was typed stays.
    await page.getByLabel('Footer').fill('Northwind, Hamburg');
    await agency.put('/brand', { reportBrand: 'Northwind Studio Reports' });
    await page.frameLocator('iframe').getByText('Northwind Studio Reports').first().waitFor();
    expect(await page.getByLabel('Footer').inputValue()).toBe('Northwind, Hamburg');
    await save.click();
    const saved = await until('the footer is saved', async () => {
      const { body } = await agency.get('/brand');
      return JSON.stringify(body).includes('Northwind, Hamburg') && body;
    });
    expect(saved).toMatchObject({ reportBrand: 'Northwind Studio Reports', accentColor: '#ffe100', footer: 'Northwind, Hamburg' });
  });
});
