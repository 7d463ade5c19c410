import { describe, expect, test } from 'vitest';
import { assignProject } from '../../activities/assign-project.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { createAccount } from '../../activities/create-account.ts';
import { moveProject } from '../../activities/move-project.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, type OnboardedClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { createAccountInput, crmOnboardingInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { cancelWithoutWorkflow } from '../harness/undone.ts';
import { clientRow, projectRow, slots, stepRow } from '../harness/written.ts';

const database = await testDatabase();

const cancel = (client: OnboardedClient) => cancelWithoutWorkflow(database, client);

/** A second deal of the same client. */
async function secondDeal({ agencyId, input }: OnboardedClient): Promise<OnboardedClient> {
  return pendingClient(database, crmOnboardingInput(agencyId, { client: input.client }));
}

describe('a project that the onboarding was given while it waited', () => {
  test('is released, though its third step had not seen it yet', async () => {
    const agencyId = await openAgency(database);
    const first = await activeClient(database, agencyId, { externalReference: 'deal-1' });
    const deal = await secondDeal(first);
    await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun());
    await assignProject(database.worker, { ...deal, actor: tester, projectId: null, projectDomain: null }, firstRun());
    const projectId = await openProject(database, agencyId);
    await moveProject(database.worker, { ...deal, projectId, actor: tester });

    await cancel(deal);
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: null });
    expect(await clientRow(database, agencyId, deal.clientId)).toMatchObject({ state: 'active' });
  });
});

describe('a client that was there before', () => {
  test('stays active, with its slot and its projects', async () => {
    const agencyId = await openAgency(database);
    const first = await activeClient(database, agencyId, { externalReference: 'deal-1' });
    const projectId = await openProject(database, agencyId, { clientId: first.clientId });
    const deal = await secondDeal(first);
    await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun());
    await assignProject(database.worker, { ...deal, actor: tester, projectId: null, projectDomain: null }, firstRun());
    await cancel(deal);

    expect(await clientRow(database, agencyId, first.clientId)).toMatchObject({ state: 'active' });
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
    expect(await projectRow(database, agencyId, projectId)).toMatchObject({ client_id: first.clientId });
    expect(await stepRow(database, agencyId, deal.onboardingId, 'create_account')).toMatchObject({
      state: 'undone',
      detail: 'another onboarding has the client, which stays',
    });
  });

  test('is not erased under a second deal that goes on with it', async () => {
    const agencyId = await openAgency(database);
    const first = await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-1' } }));
    const deal = await secondDeal(first);
    await cancel(first);

    expect(await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun())).toEqual({ outcome: 'reserved' });
    expect(await clientRow(database, agencyId, deal.clientId)).toMatchObject({ state: 'active' });
  });

  test('is erased with the last deal that goes on with it', async () => {
    const agencyId = await openAgency(database);
    const first = await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-1' } }));
    const deal = await secondDeal(first);
    await Promise.all([cancel(first), cancel(deal)]);
    expect(await clientRow(database, agencyId, first.clientId)).toBeUndefined();
  });

  test('never refuses a deal that comes while it is being erased', async () => {
    for (let round = 0; round < 20; round++) {
      const agencyId = await openAgency(database);
      const first = await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-1' } }));
      const deal = crmOnboardingInput(agencyId, { client: first.input.client });
      const createDeal = () => createAccount(database.worker, createAccountInput(deal), firstRun());
      // A fault is what Temporal tries again.
      const [, made] = await Promise.all([cancel(first), createDeal().catch(createDeal)]);
      expect(['created', 'found']).toContain(made.outcome);
      expect(await checkAllowance(database.worker, { ...deal, clientId: 'clientId' in made ? made.clientId : deal.clientId }, firstRun())).toEqual({
        outcome: 'reserved',
      });
    }
  });

  test('is not archived under a second deal that goes on with it', async () => {
    const agencyId = await openAgency(database);
    const first = await activeClient(database, agencyId, { externalReference: 'deal-1' });
    const deal = await secondDeal(first);
    await checkAllowance(database.worker, { ...deal, onLimit: 'wait', actor: tester }, firstRun());
    await cancel(first);

    expect(await clientRow(database, agencyId, deal.clientId)).toMatchObject({ state: 'active' });
    await cancel(deal);
    expect(await clientRow(database, agencyId, deal.clientId)).toMatchObject({ state: 'archived' });
    expect(await slots(database, agencyId)).toEqual({ used: 0, active: 0 });
  });
});
