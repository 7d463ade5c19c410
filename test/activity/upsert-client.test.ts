import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../activities/create-account.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { updateClient } from '../../activities/update-client.ts';
import type { ClientDetails } from '../../domain/client.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { clientDetails, createAccountInput, crmOnboardingInput, firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { clientRow, events, onboardingRow, stepRow } from '../harness/written.ts';

const database = await testDatabase();

const early = '2026-02-01T08:00:00.000Z';
const late = '2026-02-01T09:00:00.000Z';

type Reference = ClientDetails & { externalReference: string };

/** A client with a reference, as the CRM told of it at `early`. */
async function knownClient(agencyId: AgencyId, details: Partial<ClientDetails> = {}) {
  const externalReference = `deal-${randomUUID()}`;
  const client: Reference = {
    ...clientDetails({ name: `Known ${externalReference}`, contactEmail: 'old@known.example', notes: 'old', ...details }),
    externalReference,
  };
  const onboarded = await activeClient(database, agencyId, client);
  await updateClient(database.worker, { agencyId, actor: tester, client, at: early, expectClient: false });
  return { ...onboarded, client };
}

describe('a deal of a client that exists', () => {
  test('finds the client by its reference and brings it up to date', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const input = crmOnboardingInput(agencyId, { client: { ...client, name: 'Renamed', contactEmail: 'new@known.example' }, crmEventAt: late });

    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'found', clientId });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: 'Renamed', contact_email: 'new@known.example', state: 'active', version: 3 });
    expect(await clientRow(database, agencyId, input.clientId)).toBeUndefined();
    expect(await events(database, agencyId, 'client.updated')).toMatchObject([
      { onboarding_id: input.onboardingId, before: { contact_email: 'old@known.example' }, after: { name: 'Renamed', contact_email: 'new@known.example' } },
    ]);
    expect(await onboardingRow(database, agencyId, input.onboardingId)).toMatchObject({ client_id: clientId, client_created: false });
    expect(await stepRow(database, agencyId, input.onboardingId, 'create_account')).toMatchObject({
      state: 'done',
      detail: 'the client with this external reference exists',
    });
  });

  test('answers the same when it runs again', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const input = createAccountInput(crmOnboardingInput(agencyId, { client: { ...client, notes: 'new' }, crmEventAt: late }));
    for (const _ of [1, 2]) expect(await createAccount(database.worker, input, firstRun())).toEqual({ outcome: 'found', clientId });
    expect(await events(database, agencyId, 'client.updated')).toHaveLength(1);
  });

  test('does not overwrite what a newer event said', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    await updateClient(database.worker, { agencyId, actor: tester, client: { ...client, name: 'Newest' }, at: late, expectClient: false });
    const input = crmOnboardingInput(agencyId, { client: { ...client, name: 'Stale' }, crmEventAt: early });

    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'found', clientId });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: 'Newest' });
  });

  test('is refused when the client is archived', async () => {
    const agencyId = await openAgency(database);
    const { client, onboardingId } = await knownClient(agencyId);
    await releaseAllowance(database.worker, { agencyId, onboardingId, actor: tester }, firstRun());
    const input = crmOnboardingInput(agencyId, { client, crmEventAt: late });
    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'refused', code: 'CLIENT_ARCHIVED' });
  });

  test('is refused when its new name is that of another client', async () => {
    const agencyId = await openAgency(database);
    await activeClient(database, agencyId, { name: 'Somebody Else' });
    const { clientId, client } = await knownClient(agencyId);
    const input = crmOnboardingInput(agencyId, { client: { ...client, name: 'somebody else' }, crmEventAt: late });

    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'refused', code: 'CLIENT_NAME_TAKEN' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: client.name });
  });

  test('finds nobody in another agency that uses the same reference', async () => {
    const [agencyId, stranger] = [await openAgency(database), await openAgency(database)];
    const { client } = await knownClient(stranger);
    const input = crmOnboardingInput(agencyId, { client });
    expect(await createAccount(database.worker, createAccountInput(input), firstRun())).toEqual({ outcome: 'created', clientId: input.clientId });
  });
});

describe('update client', () => {
  test('changes what the CRM says and keeps what it leaves out', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const said = { ...client, contactEmail: 'new@known.example', notes: null };

    expect(await updateClient(database.worker, { agencyId, actor: tester, client: said, at: late, expectClient: false })).toEqual({ outcome: 'applied' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ contact_email: 'new@known.example', notes: 'old', crm_event_at: new Date(late) });
  });

  test('says nothing changed, and writes no event, when it comes again', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const input = { agencyId, actor: tester, client: { ...client, name: 'Again' }, at: late, expectClient: false };
    await updateClient(database.worker, input);
    const { version } = (await clientRow(database, agencyId, clientId)) ?? {};

    expect(await updateClient(database.worker, input)).toEqual({ outcome: 'unchanged' });
    expect(await events(database, agencyId, 'client.updated')).toHaveLength(1);
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ version });
  });

  test('leaves an older event aside', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    await updateClient(database.worker, { agencyId, actor: tester, client: { ...client, name: 'Late' }, at: late, expectClient: false });
    const older = { agencyId, actor: tester, client: { ...client, name: 'Early' }, at: '2026-02-01T08:59:59.999Z', expectClient: false };
    expect(await updateClient(database.worker, older)).toEqual({ outcome: 'unchanged' });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: 'Late' });
  });

  test('ends with the newest of many events that come at once in any order', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const at = (second: number) => new Date(Date.parse(late) + second * 1_000).toISOString();
    const order = [3, 9, 1, 7, 0, 8, 2, 6, 4, 5];
    await Promise.all(
      order.map((n) => updateClient(database.worker, { agencyId, actor: tester, client: { ...client, notes: `note ${n}` }, at: at(n), expectClient: false })),
    );
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ notes: 'note 9', crm_event_at: new Date(at(9)) });
  });

  test('keeps the name when another client has the new one', async () => {
    const agencyId = await openAgency(database);
    await activeClient(database, agencyId, { name: 'Held' });
    const { clientId, client } = await knownClient(agencyId);
    expect(await updateClient(database.worker, { agencyId, actor: tester, client: { ...client, name: 'HELD' }, at: late, expectClient: false })).toEqual({
      outcome: 'name_taken',
    });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: client.name });
  });

  test('may change the case of its own name', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client } = await knownClient(agencyId);
    const name = client.name.toUpperCase();
    expect(await updateClient(database.worker, { agencyId, actor: tester, client: { ...client, name }, at: late, expectClient: false })).toEqual({
      outcome: 'applied',
    });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name });
  });

  test('leaves an archived client as it is', async () => {
    const agencyId = await openAgency(database);
    const { clientId, client, onboardingId } = await knownClient(agencyId);
    await releaseAllowance(database.worker, { agencyId, onboardingId, actor: tester }, firstRun());
    expect(await updateClient(database.worker, { agencyId, actor: tester, client: { ...client, name: 'Other' }, at: late, expectClient: false })).toEqual({
      outcome: 'archived',
    });
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ name: client.name, state: 'archived' });
  });

  test('answers that there is no client, or tries again while one is on its way', async () => {
    const agencyId = await openAgency(database);
    const client: Reference = { ...clientDetails(), externalReference: 'nobody' };
    const input = { agencyId, actor: tester, client, at: late };
    expect(await updateClient(database.worker, { ...input, expectClient: false })).toEqual({ outcome: 'no_client' });
    await expect(updateClient(database.worker, { ...input, expectClient: true })).rejects.toMatchObject({ type: 'ClientNotYetCreated', nonRetryable: false });

    await createAccount(database.worker, createAccountInput(onboardingInput(agencyId, { client })), firstRun());
    expect(await updateClient(database.worker, { ...input, client: { ...client, notes: 'there now' }, expectClient: true })).toEqual({ outcome: 'applied' });
  });
});
