import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { holdLock } from '../harness/held-lock.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';
import type { WindowTerms } from '../harness/windows.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

/** `/agency` of a new agency, as its owner sees it, with the form and what it is about to say. */
async function openAgencyPage(terms?: WindowTerms) {
  const agency = await newTenant(api);
  const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }), terms);
  await page.goto('/agency');
  await page.getByText('No client accounts yet').waitFor();
  const form = page.getByRole('region', { name: 'Create client account' });
  return {
    agency,
    page,
    form,
    name: form.getByLabel('Client account', { exact: true }),
    create: form.getByRole('button', { name: 'Create client account' }),
    step: (words: string) => form.getByRole('listitem').filter({ hasText: words }),
    client: (name: string) => page.getByRole('table', { name: 'Client accounts' }).getByText(name),
  };
}

describeInBrowser('a lost connection', () => {
  test('says so in a quiet line, keeps what was typed, and catches up with what happened meanwhile', async () => {
    const { agency, page, form, name, create, step, client } = await openAgencyPage();
    await page.context().setOffline(true);
    await page.getByText('Connection lost').waitFor();
    await name.fill('Birch Ltd');
    await create.click();
    await form.getByRole('alert').getByText('Foyer cannot be reached').waitFor();
    expect(await name.inputValue()).toBe('Birch Ltd');

    await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await page.context().setOffline(false);
    await client('Acme GmbH').waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
    await create.click();
    await step('Check allowance done').waitFor();
  });
});

describeInBrowser('a slow connection', () => {
  test('keeps what was typed until there is an answer, takes an impatient second Enter for the same request, and shows the steps', async () => {
    const { agency, page, form, name, step, client } = await openAgencyPage({ spoilt: true });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    const answer = Promise.withResolvers<void>();
    await page.route('**/clients', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await name.fill('Acme GmbH');
    await name.press('Enter');
    await name.press('Enter');
    expect(await name.inputValue()).toBe('Acme GmbH');
    answer.resolve();
    await step('Assign project waiting').waitFor();
    await client('Acme GmbH').waitFor();
    expect(await agency.get('/onboardings')).toMatchObject({ body: { items: [{ clientName: 'Acme GmbH' }] } });

    await name.fill('ACME GmbH');
    await name.press('Enter');
    await form.getByRole('alert').filter({ hasText: 'name' }).waitFor();
    expect(await name.inputValue()).toBe('ACME GmbH');
  });
});

describeInBrowser('live progress', () => {
  test('comes to its end without touching what was typed since, for the next client or elsewhere', async () => {
    const { agency, page, form, name, create, step, client } = await openAgencyPage();
    const notes = form.getByLabel('Client notes');
    const search = page.getByRole('searchbox', { name: 'Search clients' });
    const undecided = () => holdLock(database, 'select from plans where agency_id = $1 for no key update', [agency.id]);
    {
      await using lock = await undecided();
      await name.fill('Acme GmbH');
      await create.click();
      await step('Check allowance running').waitFor();
      await name.fill('Birch Ltd');
      await notes.fill('As they said on the telephone');
      await lock.release();
    }
    await step('Check allowance done').waitFor();
    await client('Acme GmbH').waitFor();
    expect([await name.inputValue(), await notes.inputValue()]).toEqual(['Birch Ltd', 'As they said on the telephone']);
    await notes.and(page.locator(':focus')).waitFor();

    {
      await using lock = await undecided();
      await create.click();
      await step('Check allowance running').waitFor();
      await search.focus();
      await lock.release();
    }
    await client('Birch Ltd').waitFor();
    await until('the form is empty', async () => (await name.inputValue()) === '');
    await search.and(page.locator(':focus')).waitFor();
  });

  test('stands still while no worker is there, and where one is killed in the middle of a step, and goes on by itself when another comes', async () => {
    const { agency, page, name, create, step, client } = await openAgencyPage();
    await foyer.worker.stop();
    await name.fill('Acme GmbH');
    await create.click();
    await step('Create account to come').waitFor();

    await using lock = await holdLock(database, 'select from plans where agency_id = $1 for no key update', [agency.id]);
    await using doomed = await foyer.startWorkerProcess();
    await lock.wanted();
    await step('Create account done').waitFor();
    await doomed.kill();
    await lock.release();

    await using _next = await foyer.startWorkerProcess();
    expect(await step('Check allowance running').count()).toBe(1);
    // Temporal gives the step to the next worker once its time, 15 seconds, is over.
    await step('Check allowance done, attempt 2').waitFor({ timeout: 30_000 });
    await step('Assign project waiting').waitFor();
    await client('Acme GmbH').waitFor();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
  });
});
