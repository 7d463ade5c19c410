import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { goWithin } from '../harness/go-within.ts';
import { openMember } from '../harness/member.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('two windows', () => {
  test('of two agencies side by side show each its own, and the address of the one is nothing in the other', async () => {
    const [one, other] = [await newTenant(api), await newTenant(api)];
    const { clientId } = await activeClient(database, one.id, { name: 'Acme GmbH' });
    await activeClient(database, other.id, { name: 'Fjord AS' });
    const left = await foyer.openWindow(await openPerson(api, one.id, { role: 'owner' }));
    const right = await foyer.openWindow(await openPerson(api, other.id, { role: 'owner' }));
    await Promise.all([left.goto('/clients'), right.goto('/clients')]);
    await left.getByRole('link', { name: 'Acme GmbH' }).waitFor();
    await right.getByRole('link', { name: 'Fjord AS' }).waitFor();
    expect(await right.innerText('main')).not.toContain('Acme');
    await goWithin(right, `/clients/${clientId}`);
    await right.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await goWithin(left, `/clients/${clientId}`);
    await left.getByRole('heading', { name: 'Acme GmbH' }).waitFor();
  });

  test('of one agency: what happens in the one shows in the other within a moment, with no reload', async () => {
    const agency = await newTenant(api);
    await openProject(database, agency.id, { domain: 'acme.example' });
    const person = await openPerson(api, agency.id, { role: 'admin' });
    const [watching, working] = [await foyer.openWindow(person), await foyer.openWindow(person)];
    await Promise.all([watching.goto('/agency'), working.goto('/agency')]);
    await watching.getByText('No client accounts yet').waitFor();
    await working.getByLabel('Client account', { exact: true }).fill('Acme GmbH');
    await working.getByRole('button', { name: 'Create client account' }).click();
    await watching.getByRole('table', { name: 'Client accounts' }).getByText('Acme GmbH').waitFor();
    await watching.getByRole('meter', { name: 'Client accounts' }).and(watching.locator('[aria-valuetext="1 of 10"]')).waitFor();
  });

  test('of one agency: a read that is slower than things happen comes to its end, and is followed by one more; one that is never answered is given up', async () => {
    const agency = await newTenant(api);
    const person = await openPerson(api, agency.id, { role: 'viewer' });
    const [slow, quick] = [await foyer.openWindow(person, { spoilt: true }), await foyer.openWindow(person)];
    await slow.clock.install();
    await Promise.all([slow.goto('/clients'), quick.goto('/clients')]);
    await Promise.all([slow.getByText('No client accounts yet').waitFor(), quick.getByText('No client accounts yet').waitFor()]);
    const [reads, brokenOff, go] = [[] as string[], [] as string[], Promise.withResolvers<void>()];
    slow.on('requestfailed', (request) => brokenOff.push(request.url()));
    await slow.route(/\/clients\?/, async (route) => {
      const answer = await route.fetch();
      if (reads.push(route.request().url()) === 1) await go.promise;
      if (reads.length === 3) return;
      await route.fulfill({ response: answer }).catch(() => undefined);
    });
    for (const name of ['Acme GmbH', 'Birch Ltd']) {
      await agency.post('/clients', { name });
      // Nothing more happens to it then.
      await quick.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Waiting for a project' }).waitFor();
      await until('it is read', () => reads.length > 0);
    }
    go.resolve();
    await slow.getByRole('link', { name: 'Birch Ltd' }).waitFor();
    expect({ reads: reads.length, brokenOff }).toEqual({ reads: 2, brokenOff: [] });

    await agency.post('/clients', { name: 'Cedar AG' });
    await until('it is read', () => reads.length === 3);
    await slow.clock.fastForward(10_000);
    await slow.getByRole('link', { name: 'Cedar AG' }).waitFor();
  });
});

describeInBrowser('a viewer', () => {
  test('sees everything but contact details, and every control that is off says why to the keyboard too', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Acme GmbH', contactEmail: 'ops@acme.example' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'viewer' }));
    await page.goto('/agency');
    await page.getByRole('link', { name: 'Acme GmbH' }).waitFor();
    expect(await page.innerText('main')).not.toContain('ops@acme.example');
    const create = page.getByRole('button', { name: 'Create client account' });
    expect(await create.getAttribute('aria-disabled')).toBe('true');
    await create.focus();
    await page.getByRole('tooltip', { name: /An owner or admin can/ }).waitFor();
  });
});

describeInBrowser('a member who is restricted to some clients', () => {
  test('sees these alone', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id, { name: 'Acme GmbH' });
    const { clientId: hidden } = await activeClient(database, agency.id, { name: 'Birch Ltd' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'admin', clientIds: [clientId] }));
    await page.goto('/agency');
    await page.getByRole('link', { name: 'Acme GmbH' }).waitFor();
    expect(await page.innerText('main')).not.toContain('Birch');
    await goWithin(page, `/clients/${hidden}`);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });
});

describeInBrowser('somebody of a direct account', () => {
  test('is told that client accounts need an agency, and what to do', async () => {
    const direct = await newDirectAccount(database);
    const page = await foyer.openWindow(await openPerson(api, direct.id, { role: 'owner' }));
    await page.goto('/agency');
    await page.getByRole('alert').getByText('Agency account required').waitFor();
    await page.getByText('Use an agency account').waitFor();
    await goWithin(page, '/settings/people');
    await page.getByRole('table', { name: 'People' }).getByText('Robin Example').waitFor();
  });
});

describeInBrowser('what was typed', () => {
  test('for one client does not stand in the form of another that is gone to at once', async () => {
    const agency = await newTenant(api);
    for (const name of ['Acme GmbH', 'Birch Ltd']) await activeClient(database, agency.id, { name });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const footer = page.getByLabel('Footer');
    await page.goto('/clients');
    // Both pages are there already when the one leads to the other.
    for (const name of ['Birch Ltd', 'Acme GmbH']) {
      await page.getByRole('navigation').getByRole('link', { name: 'Clients' }).click();
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await footer.waitFor();
    }
    await footer.fill('Acme, Hamburg');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search clients, projects and pages' }).fill('birch');
    await page.getByRole('button', { name: 'Birch Ltd' }).click();
    await page.getByRole('heading', { level: 1, name: 'Birch Ltd' }).waitFor();
    await footer.waitFor();
    expect(await footer.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Edit' }).waitFor();
  });

  test('under one account does not stand under another', async () => {
    const [one, other] = [await newTenant(api), await newTenant(api)];
    const person = await openPerson(api, one.id, { role: 'owner' });
    await openMember(database, other.id, { role: 'owner', personId: person.id });
    const page = await foyer.openWindow(person);
    const name = page.getByLabel('Client account', { exact: true });
    await page.goto('/agency');
    const main = page.getByRole('main');
    await main.waitFor();
    const before = await main.getAttribute('aria-label');
    await name.fill('Acme GmbH');
    await page.getByRole('button', { name: /^Account: / }).click();
    await page
      .getByRole('menuitem')
      .nth((await page.getByRole('menuitem').nth(0).innerText()) === before ? 1 : 0)
      .click();
    await page.locator(`main:not([aria-label="${before}"])`).waitFor();
    expect(await name.inputValue()).toBe('');
  });

  test('into a search goes when a link leads to all of them', async () => {
    const agency = await newTenant(api);
    for (const client of ['Acme GmbH', 'Birch Ltd']) await activeClient(database, agency.id, { name: client });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'viewer' }));
    await page.goto('/clients');
    const search = page.getByRole('searchbox', { name: 'Search clients' });
    await search.fill('acm');
    await page.getByRole('link', { name: 'Birch Ltd' }).waitFor({ state: 'detached' });
    expect(await search.inputValue()).toBe('acm');
    await page.getByRole('navigation').getByRole('link', { name: 'Clients' }).click();
    await page.getByRole('link', { name: 'Birch Ltd' }).waitFor();
    expect(await search.inputValue()).toBe('');
  });
});
