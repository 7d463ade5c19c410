import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { openPerson } from '../harness/person.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const { database } = api;

describeInBrowser('managing client accounts, as the guide says it', () => {
  test('from the agency workspace to a project under its client, each step with its result', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id, { domain: 'acme.example' });
    await openProject(database, agency.id, { domain: 'birch.example' });
    await makeReady(database, { agencyId: agency.id, projectId });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));

    // Open /agency: plan state, scan allowance, client limits, existing client projects.
    await page.goto('/agency');
    const workspaces = page.getByRole('region', { name: 'Agency workspaces' });
    await workspaces.getByText('Active').waitFor();
    expect(await workspaces.getByRole('meter', { name: 'Client accounts' }).getAttribute('aria-valuetext')).toBe('0 of 10');
    expect(await workspaces.getByRole('meter', { name: 'Scans this period' }).getAttribute('aria-valuetext')).toBe('0 of 50');
    expect(await workspaces.innerText()).toContain('2 unassigned');

    // The form: a client without a project yet.
    const form = page.getByRole('region', { name: 'Create client account' });
    await form.getByLabel('Client account', { exact: true }).fill('Acme GmbH');
    await form.getByLabel('Client contact email').fill('ops@acme.example');
    await form.getByLabel('External reference').fill('HS-1042');
    await form.getByLabel('Client notes').fill('Prefers short reports.');
    expect(await form.getByRole('combobox', { name: 'Assign project' }).inputValue()).toBe('No project yet');
    await form.getByRole('button', { name: 'Create client account' }).click();

    // Its four steps, as they happen.
    const steps = form.getByRole('listitem');
    await steps.filter({ hasText: 'Create account done' }).waitFor();
    await steps.filter({ hasText: 'Check allowance done' }).waitFor();
    await steps.filter({ hasText: 'Assign project waiting' }).waitFor();

    // The client appears in Client accounts with contact details, external reference and project count.
    const clients = page.getByRole('table', { name: 'Client accounts' });
    const acme = clients.getByRole('row').filter({ hasText: 'Acme GmbH' });
    await acme.filter({ hasText: 'Waiting for a project' }).waitFor();
    expect(await acme.getByRole('cell').allInnerTexts()).toEqual([
      'Acme GmbH',
      'ops@acme.example',
      'HS-1042',
      '0',
      expect.stringContaining('Waiting for a project'),
    ]);

    // In Client project: choose the client, Save.
    const projects = page.getByRole('table', { name: 'Client project' });
    const row = projects.getByRole('row').filter({ hasText: 'acme.example' }).filter({ hasText: 'Completed' });
    await row.getByRole('combobox', { name: 'Client account of Site acme.example' }).click();
    await page.getByRole('option', { name: 'Acme GmbH' }).click();
    await row.getByRole('button', { name: 'Save the client account' }).click();

    // Badges stand under the client; the onboarding goes on by itself to ready.
    await projects
      .getByRole('row')
      .filter({ hasText: /^Acme GmbH$/ })
      .waitFor();
    await acme.filter({ hasText: 'Ready to share' }).waitFor();
    await steps.filter({ hasText: 'Verify status done' }).waitFor();
    expect(await acme.getByRole('cell').nth(3).innerText()).toBe('1');
    expect(await workspaces.getByRole('meter', { name: 'Client accounts' }).getAttribute('aria-valuetext')).toBe('1 of 10');

    // On to sharing: Save sharing gives the four links, and the public one shows the report to whoever has it.
    const shared = projects.getByRole('row').filter({ hasText: 'acme.example' }).filter({ hasText: 'Completed' });
    await shared.getByRole('combobox', { name: 'Sharing of' }).selectOption('Shared for 30 days');
    await shared.getByRole('button', { name: 'Save sharing' }).click();
    const links = await Promise.all(
      ['Portal', 'Public link', 'Print', 'PDF'].map((link) => shared.getByRole('link', { name: `${link} of` }).getAttribute('href')),
    );
    expect(new Set(links).size).toBe(4);
    await workspaces.getByText('Shared reports').locator('..').getByText('1', { exact: true }).waitFor();
    const outside = await foyer.openWindow();
    await outside.goto(links[1] ?? '');
    await outside.getByRole('heading', { name: 'Website risk report' }).waitFor();
    expect(await outside.innerText('body')).not.toContain('Prefers short reports.');
  });
});
