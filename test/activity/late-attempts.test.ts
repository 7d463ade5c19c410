import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { createAccount } from '../../activities/create-account.ts';
import { endOnboarding } from '../../activities/end-onboarding.ts';
import { flagForAttention } from '../../activities/flag-for-attention.ts';
import { markStalled } from '../../activities/mark-stalled.ts';
import { moveProject } from '../../activities/move-project.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { remindOwners } from '../../activities/remind-owners.ts';
import { removeAccount } from '../../activities/remove-account.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import type { AgencyId, ProjectId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { holdLock } from '../harness/held-lock.ts';
import { createAccountInput, crmOnboardingInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { telling } from '../harness/telling.ts';
import { cancelWithoutWorkflow, undoOf } from '../harness/undone.ts';
import { clientRow, eventCounts, onboardingRow, projectRow, slots, stepStates } from '../harness/written.ts';

const database = await testDatabase();

const cancel = (client: OnboardedClient) => cancelWithoutWorkflow(database, client);

async function assignedClient(agencyId: AgencyId): Promise<OnboardedClient & { projectId: ProjectId }> {
  const [client, projectId] = [await activeClient(database, agencyId), await openProject(database, agencyId)];
  await assignProject(database.worker, { ...client, actor: tester, projectId, projectDomain: null }, firstRun());
  return { ...client, projectId };
}

/** A second deal of the same client. */
async function secondDeal({ agencyId, input }: OnboardedClient): Promise<OnboardedClient> {
  return pendingClient(database, crmOnboardingInput(agencyId, { client: input.client }));
}

describe('an attempt that comes after the end', () => {
  test('does nothing, whichever step it is', async () => {
    const agencyId = await openAgency(database);
    const client = await assignedClient(agencyId);
    await cancel(client);
    const before = { written: await eventCounts(database, agencyId), steps: await stepStates(database, agencyId, client.onboardingId) };
    const steps = { create_account: 'undone', check_allowance: 'undone', assign_project: 'undone', verify_status: 'skipped' };
    const ended = { outcome: 'ended', state: 'cancelled', standing: { blockers: [], steps } };

    expect(await createAccount(database.worker, createAccountInput(client.input), firstRun())).toMatchObject(ended);
    expect(await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun())).toMatchObject(ended);
    expect(await assignProject(database.worker, { ...client, actor: tester, projectDomain: null }, firstRun())).toMatchObject(ended);
    expect(await verifyStatus(database.worker, { ...client, actor: tester }, firstRun())).toMatchObject(ended);
    await remindOwners(telling(database), { ...client, reminder: 1 });
    await markStalled(telling(database), client);
    await flagForAttention(telling(database), { ...client, reason: 'late' });
    await endOnboarding(database.worker, { ...undoOf(client), state: 'refused', blockers: [] });

    expect({ written: await eventCounts(database, agencyId), steps: await stepStates(database, agencyId, client.onboardingId) }).toEqual(before);
    expect(await projectRow(database, agencyId, client.projectId)).toMatchObject({ client_id: null });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'cancelled' });
  });

  test('of the allowance step reserves nothing, though the step was never reached', async () => {
    const agencyId = await openAgency(database);
    const client = await pendingClient(database, onboardingInput(agencyId));
    await cancel(client);
    expect(await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun())).toMatchObject({
      outcome: 'ended',
      state: 'cancelled',
    });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('of the allowance step behind the undo of the first reserves nothing for a client that stays', async () => {
    const agencyId = await openAgency(database);
    const first = await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-1' } }));
    const deal = await secondDeal(first);
    await removeAccount(database.worker, undoOf(deal), firstRun());
    expect(await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun())).toMatchObject({ outcome: 'ended' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  // Who removes a client empties what names it, ended onboardings as well: one of the two would have to give way.
  test('of the allowance step waits for nobody who has the client', async () => {
    const agencyId = await openAgency(database);
    const first = await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-1' } }));
    const deal = await secondDeal(first);
    await cancel(deal);
    await using _lock = await holdLock(database, 'select from clients where id = $1 for update', [first.clientId]);
    expect(await checkAllowance(database.worker, { ...deal, onLimit: 'refuse', actor: tester }, firstRun())).toMatchObject({ outcome: 'ended' });
  });

  test('of a step between its undo and the end does nothing either', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await releaseAllowance(database.worker, undoOf(client), firstRun());
    await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun());
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'archived' });
  });
});

describe('an onboarding that is ready to share', () => {
  test('is not ended again', async () => {
    const agencyId = await openAgency(database);
    const client = await assignedClient(agencyId);
    await makeReady(database, client);
    await verifyStatus(database.worker, { ...client, actor: tester }, firstRun());
    await endOnboarding(database.worker, { ...undoOf(client), state: 'cancelled', blockers: [] });
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'ready_to_share' });
  });

  test('answers every step as before, for a workflow that begins at the top again', async () => {
    const agencyId = await openAgency(database);
    const client = await assignedClient(agencyId);
    await makeReady(database, client);
    await verifyStatus(database.worker, { ...client, actor: tester }, firstRun());
    const written = await eventCounts(database, agencyId);

    expect(await createAccount(database.worker, createAccountInput(client.input), firstRun())).toEqual({ outcome: 'created', clientId: client.clientId });
    expect(await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun())).toEqual({ outcome: 'reserved' });
    expect(await verifyStatus(database.worker, { ...client, actor: tester }, firstRun())).toEqual({ outcome: 'ready', shareWhenReady: false });
    expect(await eventCounts(database, agencyId)).toEqual(written);
  });
});

test.each([false, true])(
  'a late attempt of the status step leaves an onboarding alone that waits for a project by now; the project is back: %s',
  async (back) => {
    const agencyId = await openAgency(database);
    const { projectId, ...client } = await assignedClient(agencyId);
    await makeReady(database, { agencyId, projectId });
    const verify = () => verifyStatus(database.worker, { ...client, projectId, actor: tester }, firstRun());
    await moveProject(database.worker, { agencyId, projectId, clientId: null, actor: tester });
    expect(await verify()).toEqual({ outcome: 'project_gone' });
    const noOther = { ...client, actor: tester, projectId: null, projectDomain: null };
    expect(await assignProject(database.worker, noOther, firstRun())).toMatchObject({ outcome: 'waiting' });
    if (back) await moveProject(database.worker, { agencyId, projectId, clientId: client.clientId, actor: tester });

    const before = await stepStates(database, agencyId, client.onboardingId);
    expect(await verify()).toEqual({ outcome: 'project_gone' });
    expect(await stepStates(database, agencyId, client.onboardingId)).toEqual(before);
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'waiting_for_project' });
  },
);
