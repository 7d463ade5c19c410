import { expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { remindOwners } from '../../activities/remind-owners.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { activeClient } from '../harness/client.ts';
import { firstRun, tester } from '../harness/onboarding-input.ts';
import { openPerson } from '../harness/person.ts';
import { telling } from '../harness/telling.ts';
import { newTenant } from '../harness/tenant.ts';

const workflowsUrl = 'https://temporal.example/namespaces/default/workflows';
const foyer = await foyerInBrowser({ workflowsUrl });
const { api } = foyer;
const { database } = api;

describeInBrowser('the timeline of an onboarding', () => {
  test('says what it waits for, which reminders went out and what comes next, as it happens, and leads operators into the Temporal UI', async () => {
    const agency = await newTenant(api);
    const client = await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await assignProject(database.worker, { ...client, actor: tester, projectId: null, projectDomain: null }, firstRun());
    const remind = (reminder: number) => remindOwners(telling(database), { ...client, reminder });
    await remind(1);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto(`/clients/${client.clientId}`);
    const step = page.getByRole('listitem').filter({ hasText: 'Assign project waiting' });
    await step.getByText('Reminder 1 was sent').waitFor();
    await step.getByText(/^The next reminder goes out in 7/).waitFor();
    await step.getByText(/^If it still waits, it is marked as stalled in 30/).waitFor();
    await remind(2);
    await step.getByText('Reminder 2 was sent').waitFor();
    await step.getByText(/^The next reminder goes out in 14/).waitFor();

    const operations = { name: 'Open in the Temporal UI' };
    const { workflowId } = await agency.onboardingIn('waiting_for_project', client.onboardingId);
    expect(await page.getByRole('link', operations).getAttribute('href')).toBe(`${workflowsUrl}/${encodeURIComponent(workflowId)}`);
    const viewer = await foyer.openWindow(await openPerson(api, agency.id, { role: 'viewer' }));
    await viewer.goto(`/clients/${client.clientId}`);
    await viewer.getByText('Reminder 2 was sent').waitFor();
    expect(await viewer.getByRole('link', operations).count()).toBe(0);
  });
});

describeInBrowser('the onboardings', () => {
  test('that go on only when somebody does something are one click away, each with that one thing', async () => {
    const agency = await newTenant(api);
    const waits = await activeClient(database, agency.id, { name: 'Acme GmbH' });
    await assignProject(database.worker, { ...waits, actor: tester, projectId: null, projectDomain: null }, firstRun());
    const stuck = await activeClient(database, agency.id, { name: 'Birch Ltd' });
    const undoFailed = { state: 'needs_attention', blockers: JSON.stringify([{ code: 'UNDO_FAILED', reason: null }]) } as const;
    await database.admin.updateTable('onboardings').set(undoFailed).where('id', '=', stuck.onboardingId).execute();
    await activeClient(database, agency.id, { name: 'Cedar AG' });
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/onboardings');
    const row = (client: string) => page.getByRole('row').filter({ hasText: client });
    await row('Cedar AG').waitFor();
    await page.getByRole('button', { name: 'Need attention: 2' }).click();
    await row('Cedar AG').waitFor({ state: 'detached' });
    await row('Acme GmbH').getByRole('link', { name: 'Assign a project to the client.' }).waitFor();
    await row('Birch Ltd').getByRole('link', { name: 'Open in the Temporal UI' }).waitFor();
  });
});
