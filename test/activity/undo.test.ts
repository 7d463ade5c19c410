import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { endOnboarding } from '../../activities/end-onboarding.ts';
import { flagForAttention } from '../../activities/flag-for-attention.ts';
import { moveProject } from '../../activities/move-project.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { removeAccount } from '../../activities/remove-account.ts';
import { verifyStatus } from '../../activities/verify-status.ts';
import type { AgencyId, ProjectId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { crmOnboardingInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject, share } from '../harness/project.ts';
import { telling } from '../harness/telling.ts';
import { canceller, cancelWithoutWorkflow, undoOf } from '../harness/undone.ts';
import { clientRow, eventCounts, events, onboardingRow, projectRow, sharingRow, slots, stepStates } from '../harness/written.ts';

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

describe('undo behind step 1', () => {
  test('erases the pending client', async () => {
    const agencyId = await openAgency(database);
    const client = await pendingClient(database, onboardingInput(agencyId, { client: { name: 'Gone' } }));
    await cancel(client);

    expect(await clientRow(database, agencyId, client.clientId)).toBeUndefined();
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'cancelled', client_id: null });
    expect(await stepStates(database, agencyId, client.onboardingId)).toEqual(['undone', 'skipped', 'skipped', 'skipped']);
    expect((await events(database, agencyId)).map(({ kind }) => kind).slice(-2)).toEqual(['client.removed', 'onboarding.cancelled']);
    expect(await events(database, agencyId, 'client.removed', 'onboarding.cancelled')).toMatchObject([
      { actor: canceller, client_id: client.clientId },
      { actor: canceller },
    ]);
  });

  test('frees the name and the reference', async () => {
    const agencyId = await openAgency(database);
    const client = { name: 'Again', externalReference: 'deal-1' };
    await cancel(await pendingClient(database, onboardingInput(agencyId, { client })));
    await pendingClient(database, onboardingInput(agencyId, { client }));
  });

  test('of a refusal at the limit keeps the reason', async () => {
    const agencyId = await openAgency(database, { clientLimit: 0 });
    const client = await pendingClient(database, onboardingInput(agencyId));
    const answer = await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun());
    if (answer.outcome !== 'refused') throw new Error('there was a slot');
    await releaseAllowance(database.worker, undoOf(client), firstRun());
    await removeAccount(database.worker, undoOf(client), firstRun());
    await endOnboarding(database.worker, { ...undoOf(client), state: 'refused', blockers: [answer.blocker] });

    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'refused', blockers: [answer.blocker] });
    expect(await stepStates(database, agencyId, client.onboardingId)).toEqual(['undone', 'refused', 'skipped', 'skipped']);
    expect(await clientRow(database, agencyId, client.clientId)).toBeUndefined();
  });
});

describe('undo behind step 2', () => {
  test('archives the client that was active and frees its slot', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await cancel(client);

    expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(await stepStates(database, agencyId, client.onboardingId)).toEqual(['undone', 'undone', 'skipped', 'skipped']);
    expect(await events(database, agencyId, 'client.archived', 'client.removed')).toMatchObject([
      { kind: 'client.archived', actor: canceller, client_id: client.clientId },
    ]);
  });
});

describe('undo behind step 3', () => {
  test('releases the project that the onboarding assigned, ends its sharing, archives the client, frees the slot', async () => {
    const agencyId = await openAgency(database);
    const client = await assignedClient(agencyId);
    await share(database, client, client.clientId);
    await cancel(client);

    expect(await projectRow(database, agencyId, client.projectId)).toMatchObject({ client_id: null });
    expect(await sharingRow(database, agencyId, client.projectId)).toMatchObject({ state: 'disabled', token_hash: null });
    expect(await clientRow(database, agencyId, client.clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
    expect(await stepStates(database, agencyId, client.onboardingId)).toEqual(['undone', 'undone', 'undone', 'skipped']);
    expect(await events(database, agencyId, 'project.unassigned')).toMatchObject([
      { actor: canceller, project_id: client.projectId, before: { clientId: client.clientId } },
    ]);
  });

  test('does nothing twice', async () => {
    const agencyId = await openAgency(database);
    const client = await assignedClient(agencyId);
    await cancel(client);
    const written = await eventCounts(database, agencyId);
    await cancel(client);
    expect(await eventCounts(database, agencyId)).toEqual(written);
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });

  test('leaves a project alone that has moved on to another client', async () => {
    const agencyId = await openAgency(database);
    const [client, other] = [await assignedClient(agencyId), await activeClient(database, agencyId)];
    await moveProject(database.worker, { agencyId, projectId: client.projectId, clientId: other.clientId, actor: tester });
    await cancel(client);
    expect(await projectRow(database, agencyId, client.projectId)).toMatchObject({ client_id: other.clientId });
  });

  test('leaves a project alone that a person gave to a client found by its reference', async () => {
    const agencyId = await openAgency(database);
    const first = await activeClient(database, agencyId, { externalReference: 'deal-1' });
    const deal = await secondDeal(first);
    await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun());
    const [mine, theirs] = [await openProject(database, agencyId), await openProject(database, agencyId)];
    const assign = () => assignProject(database.worker, { ...deal, actor: tester, projectId: null, projectDomain: null }, firstRun());

    // The onboarding takes one project, loses it, and then finds another one that a person assigned.
    await assignProject(database.worker, { ...deal, actor: tester, projectId: mine, projectDomain: null }, firstRun());
    await moveProject(database.worker, { agencyId, projectId: mine, clientId: null, actor: tester });
    await verifyStatus(database.worker, { ...deal, projectId: mine, actor: tester }, firstRun());
    await moveProject(database.worker, { agencyId, projectId: theirs, clientId: deal.clientId, actor: tester });
    expect(await assign()).toEqual({ outcome: 'assigned', projectId: theirs });

    await cancel(deal);
    expect(await projectRow(database, agencyId, theirs)).toMatchObject({ client_id: deal.clientId });
  });
});

describe('an undo that failed', () => {
  test('puts the onboarding up for operations, with the reason, and once', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    for (const _ of [1, 2]) await flagForAttention(telling(database), { ...client, reason: 'check_allowance: no connection' });

    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({
      state: 'needs_attention',
      blockers: [{ code: 'UNDO_FAILED', reason: 'check_allowance: no connection' }],
      finished_at: null,
    });
    expect(await events(database, agencyId, 'onboarding.needs_attention')).toHaveLength(1);
  });

  test('can be finished afterwards', async () => {
    const agencyId = await openAgency(database);
    const client = await activeClient(database, agencyId);
    await flagForAttention(telling(database), { ...client, reason: 'no connection' });
    await cancel(client);
    expect(await onboardingRow(database, agencyId, client.onboardingId)).toMatchObject({ state: 'cancelled' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });
});
