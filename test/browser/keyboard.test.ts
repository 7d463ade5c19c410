import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('with the keyboard alone', () => {
  test('a client is created, and a project put under one', async () => {
    const agency = await newTenant(api);
    await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await openProject(database, agency.id, { domain: 'acme.example' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const { keyboard } = page;
    const press = async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
    };
    const focusedName = () => page.evaluate("document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''");
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 60; steps += 1) {
        await press('Tab');
        if (String(await focusedName()).includes(name)) return;
      }
      throw new Error(`Tab never came to ${name}`);
    };
    await page.goto('/agency');
    await page.getByRole('link', { name: 'Acme GmbH' }).first().waitFor();

    // Past the navigation, to the form.
    await press('Tab');
    expect(await focusedName()).toBe('Skip to content');
    await press('Enter', 'Tab');
    await keyboard.type('Birch Ltd');
    await press('Tab');
    await keyboard.type('hello@birch.example');
    await press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'Check allowance done' }).waitFor();

    await tabTo('Client account of');
    const found = page.waitForResponse(/\/clients\?.*query=Acme/);
    await keyboard.type('Acme');
    await found;
    await page.getByRole('option', { name: 'Acme GmbH' }).waitFor();
    // No faster than what a key has done can be seen.
    await press('ArrowDown');
    await page.locator('[role=option][data-combobox-selected]', { hasText: 'Acme GmbH' }).waitFor();
    await press('Enter');
    await page.getByRole('button', { name: 'Save the client account', disabled: false }).waitFor();
    await press('Tab', 'Enter');
    await page.getByText('is now under Acme GmbH').waitFor();

    // To a client from anywhere, by a few letters.
    await press('Control+k');
    await page.getByRole('textbox', { name: 'Search clients, projects and pages' }).waitFor();
    await keyboard.type('birch');
    await page.getByRole('button', { name: 'Birch Ltd' }).waitFor();
    await press('Enter');
    await page.getByRole('heading', { name: 'Birch Ltd' }).waitFor();
  });

  test('whoever closes a dialog goes on where they were, and in the page where that is gone', async () => {
    const agency = await newTenant(api);
    const { clientId } = await activeClient(database, agency.id, { name: 'Acme GmbH' });
    const project = { agencyId: agency.id, projectId: await openProject(database, agency.id, { clientId }) };
    await makeReady(database, project);
    await share(database, project, clientId);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    const focused = page.locator(':focus');
    await page.goto(`/clients/${clientId}`);
    const merge = page.getByRole('button', { name: 'Merge' });
    const dialog = page.getByRole('dialog');
    for (const leave of [() => page.keyboard.press('Escape'), () => dialog.getByRole('button', { name: 'Keep it' }).last().press('Enter')]) {
      await merge.press('Enter');
      await dialog.locator(':focus').waitFor();
      await leave();
      await dialog.waitFor({ state: 'detached' });
      await merge.and(focused).waitFor();
    }

    await page.getByRole('button', { name: 'Archive' }).press('Enter');
    await dialog.getByRole('textbox').fill('Acme GmbH');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Restore' }).waitFor();
    await page.locator('#content').and(focused).waitFor();
  });
});
