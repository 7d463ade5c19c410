import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../activities/create-account.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newProjectId } from '../harness/ids.ts';
import { createAccountInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';
import { clientRow, eventCounts, events, onboardingRow, stepRow, stepStates } from '../harness/written.ts';

const database = await testDatabase();

describe('its effect', () => {
  test('makes a pending client with contact, reference and notes', async () => {
    const agencyId = await openAgency(database);
    const client = { name: 'Northwind', contactEmail: 'ops@northwind.example', externalReference: 'deal-7', notes: 'Prefers Mondays.' };
    const input = onboardingInput(agencyId, { client });

    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'created', clientId: input.clientId });
    expect(await clientRow(database, agencyId, input.clientId)).toMatchObject({
      name: 'Northwind',
      contact_email: 'ops@northwind.example',
      external_reference: 'deal-7',
      notes: 'Prefers Mondays.',
      state: 'pending',
      version: 1,
    });
  });

  test('records the onboarding with its four steps, the first one done', async () => {
    const agencyId = await openAgency(database);
    const { onboardingId, clientId, input } = await pendingClient(database, onboardingInput(agencyId));

    expect(await onboardingRow(database, agencyId, onboardingId)).toMatchObject({
      workflow_id: createAccountInput(input).workflowId,
      source: 'api',
      actor: tester,
      state: 'running',
      client_id: clientId,
      client_created: true,
      project_assigned: false,
      on_limit: 'refuse',
      blockers: [],
      finished_at: null,
    });
    expect(await stepStates(database, agencyId, onboardingId)).toEqual(['done', 'pending', 'pending', 'pending']);
  });

  test('remembers when the step began and how many attempts it took', async () => {
    const agencyId = await openAgency(database);
    const input = onboardingInput(agencyId);
    const startedAt = new Date('2026-03-01T10:00:00.000Z');
    await createAccount(database.worker, createAccountInput(input), { attempt: 3, startedAt });

    const step = await stepRow(database, agencyId, input.onboardingId, 'create_account');
    expect(step).toMatchObject({ attempts: 3, started_at: startedAt });
    expect(step.finished_at).toBeInstanceOf(Date);
  });

  test('writes who asked for it into the history, in the same transaction', async () => {
    const agencyId = await openAgency(database);
    const { onboardingId, clientId, input } = await pendingClient(database, onboardingInput(agencyId));

    const written = await events(database, agencyId);
    expect(written).toHaveLength(2);
    expect(written).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'onboarding.started', actor: tester, client_id: clientId, onboarding_id: onboardingId, after: { source: 'api' } }),
        expect.objectContaining({ kind: 'client.created', actor: tester, client_id: clientId, after: { name: input.client.name } }),
      ]),
    );
  });

  test('accepts the same name and the same reference in two agencies', async () => {
    const [one, other] = [await openAgency(database), await openAgency(database)];
    const client = { name: 'Shared Name', externalReference: 'deal-1' };
    await pendingClient(database, onboardingInput(one, { client }));
    await pendingClient(database, onboardingInput(other, { client }));
  });
});

describe('run again', () => {
  test('answers what the first run did, and does nothing more', async () => {
    const agencyId = await openAgency(database);
    const input = createAccountInput(onboardingInput(agencyId));
    const first = await createAccount(database.worker, input, firstRun());
    const written = await eventCounts(database, agencyId);

    expect(await createAccount(database.worker, input, firstRun())).toEqual(first);
    expect(await eventCounts(database, agencyId)).toEqual(written);
    expect(await stepRow(database, agencyId, input.onboardingId, 'create_account')).toMatchObject({ attempts: 1 });
  });

  test('does not refuse its own project once it was assigned', async () => {
    const agencyId = await openAgency(database);
    const { clientId, input } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId });
    const again = await createAccount(database.worker, createAccountInput({ ...input, projectId }), firstRun());
    expect(again).toEqual({ outcome: 'created', clientId });
  });

  test('keeps to its refusal when the cause has gone', async () => {
    const agencyId = await openAgency(database);
    await pendingClient(database, onboardingInput(agencyId, { client: { name: 'Taken' } }));
    const input = createAccountInput(onboardingInput(agencyId, { client: { name: 'Taken' } }));
    await createAccount(database.worker, input, firstRun());
    await database.admin.updateTable('clients').set({ name: 'Free again' }).where('agency_id', '=', agencyId).execute();

    expect(await createAccount(database.worker, input, firstRun())).toMatchObject({ outcome: 'ended', state: 'refused' });
    expect(await clientRow(database, agencyId, input.clientId)).toBeUndefined();
  });
});

describe('refuses', () => {
  test.each([
    ['the very name', 'Acme Bakery'],
    ['other case', 'ACME bakery'],
    ['spaces around it', '  Acme Bakery '],
    ['full-width letters', 'Ａｃｍｅ Bakery'],
  ])('a name that is taken, by %s', async (_, name) => {
    const agencyId = await openAgency(database);
    await pendingClient(database, onboardingInput(agencyId, { client: { name: 'Acme Bakery' } }));
    const input = createAccountInput(onboardingInput(agencyId, { client: { name } }));

    expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'refused', code: 'CLIENT_NAME_TAKEN' });
  });

  test('a name that differs only by how ß is folded', async () => {
    const agencyId = await openAgency(database);
    await pendingClient(database, onboardingInput(agencyId, { client: { name: 'Straße' } }));
    const input = createAccountInput(onboardingInput(agencyId, { client: { name: 'STRASSE' } }));
    expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'refused', code: 'CLIENT_NAME_TAKEN' });
  });

  test('an external reference that is taken', async () => {
    const agencyId = await openAgency(database);
    await pendingClient(database, onboardingInput(agencyId, { client: { externalReference: 'deal-9' } }));
    const input = createAccountInput(onboardingInput(agencyId, { client: { externalReference: 'deal-9' } }));
    expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'refused', code: 'EXTERNAL_REFERENCE_TAKEN' });
  });

  test('a taken name, though the reference is free', async () => {
    const agencyId = await openAgency(database);
    await pendingClient(database, onboardingInput(agencyId, { client: { name: 'Taken' } }));
    const input = createAccountInput(onboardingInput(agencyId, { client: { name: 'Taken', externalReference: 'deal-3' } }));
    expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'refused', code: 'CLIENT_NAME_TAKEN' });
  });

  test('a project that another client has', async () => {
    const agencyId = await openAgency(database);
    const { clientId } = await activeClient(database, agencyId);
    const projectId = await openProject(database, agencyId, { clientId });
    const input = createAccountInput(onboardingInput(agencyId, { projectId }));
    expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'refused', code: 'PROJECT_ALREADY_ASSIGNED' });
  });

  test("another agency's project and one that is not there, with the same answer", async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const theirs = await openProject(database, stranger);
    const refused = { outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' };
    for (const projectId of [theirs, newProjectId()]) {
      expect(await createAccount(database.worker, createAccountInput(onboardingInput(agencyId, { projectId })), firstRun())).toEqual(refused);
    }
  });

  test('without leaving a client, and ends the onboarding with the reason', async () => {
    const agencyId = await openAgency(database);
    const input = createAccountInput(onboardingInput(agencyId, { projectId: newProjectId() }));
    await createAccount(database.worker, input, firstRun());

    expect(await clientRow(database, agencyId, input.clientId)).toBeUndefined();
    const onboarding = await onboardingRow(database, agencyId, input.onboardingId);
    expect(onboarding).toMatchObject({ state: 'refused', client_id: null, blockers: [{ code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY', reason: null }] });
    expect(onboarding.finished_at).toBeInstanceOf(Date);
    expect(await stepRow(database, agencyId, input.onboardingId, 'create_account')).toMatchObject({
      state: 'refused',
      detail: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY',
    });
    expect(await events(database, agencyId)).toMatchObject([{ kind: 'onboarding.refused', after: { code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' } }]);
  });
});

describe('races', () => {
  test('the same onboarding twenty times at once makes one client', async () => {
    const agencyId = await openAgency(database);
    const input = createAccountInput(onboardingInput(agencyId));
    const answers = await Promise.all(Array.from({ length: 20 }, () => createAccount(database.worker, input, firstRun())));

    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ outcome: 'created', clientId: input.clientId })));
    expect(await eventCounts(database, agencyId)).toEqual({ 'onboarding.started': 1, 'client.created': 1 });
    expect(await stepRow(database, agencyId, input.onboardingId, 'create_account')).toMatchObject({ attempts: 1 });
  });

  test('of ten onboardings with the same name at once, one wins', async () => {
    const agencyId = await openAgency(database);
    const inputs = Array.from({ length: 10 }, (_, index) => createAccountInput(onboardingInput(agencyId, { client: { name: index % 2 ? 'Twin' : 'TWIN' } })));
    const answers = await Promise.all(inputs.map((input) => createAccount(database.worker, input, firstRun())));

    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome !== 'created')).toEqual(
      Array.from({ length: 9 }, () => ({ outcome: 'refused', code: 'CLIENT_NAME_TAKEN' })),
    );
  });

  test('of ten onboardings with the same external reference at once, one wins', async () => {
    const agencyId = await openAgency(database);
    const externalReference = `deal-${randomUUID()}`;
    const inputs = Array.from({ length: 10 }, () => createAccountInput(onboardingInput(agencyId, { client: { externalReference } })));
    const answers = await Promise.all(inputs.map((input) => createAccount(database.worker, input, firstRun())));

    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome !== 'created')).toEqual(
      Array.from({ length: 9 }, () => ({ outcome: 'refused', code: 'EXTERNAL_REFERENCE_TAKEN' })),
    );
  });

  test('of ten upserts of the same reference at once, one makes the client and the others find it', async () => {
    const agencyId = await openAgency(database);
    const client = { name: 'One Deal', externalReference: `deal-${randomUUID()}` };
    const inputs = Array.from({ length: 10 }, () => createAccountInput(onboardingInput(agencyId, { client, upsert: true, source: 'crm' })));
    const answers = await Promise.all(inputs.map((input) => createAccount(database.worker, input, firstRun())));

    const made = answers.find((answer) => answer.outcome === 'created');
    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'found')).toEqual(Array.from({ length: 9 }, () => ({ ...made, outcome: 'found' })));
  });
});
