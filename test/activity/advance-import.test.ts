import { describe, expect, test } from 'vitest';
import { advanceImport } from '../../activities/advance-import.ts';
import { beginImport } from '../../activities/begin-import.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { endOnboarding } from '../../activities/end-onboarding.ts';
import { flagForAttention } from '../../activities/flag-for-attention.ts';
import type { ImportKey } from '../../activities/import-record.ts';
import { noOutcomes } from '../../domain/import-state.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient, pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { importedRows, importRow, storedImport } from '../harness/import.ts';
import { firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { telling } from '../harness/telling.ts';

const database = await testDatabase();
const { worker } = database;

/** An import of these names that runs. */
async function running(terms: Parameters<typeof openAgency>[1], ...names: string[]) {
  const agencyId = await openAgency(database, terms);
  const rows = names.map((name) => importRow({ name, contactEmail: 'ops@client.example' }));
  const key = { agencyId, importId: await storedImport(database, agencyId, rows) };
  await beginImport(worker, key);
  return { key, advance: (atOnce: number) => advanceImport(worker, { ...key, atOnce }), rows: () => importedRows(database, key.importId) };
}

/** The onboarding of the import's first row, which waits for a slot. */
async function waitingFor({ agencyId, importId }: ImportKey, asked: Parameters<typeof onboardingInput>[1] = {}) {
  const [row] = await importedRows(database, importId);
  if (!row) throw new Error('there is no row');
  const ids = { onboardingId: row.onboarding_id, clientId: row.new_client_id };
  const input = onboardingInput(agencyId, { ...ids, source: 'import', onLimit: 'wait', ...asked });
  const client = await pendingClient(database, input);
  const allow = () => checkAllowance(worker, { ...client, onLimit: 'wait', actor: tester }, firstRun());
  expect(await allow()).toMatchObject({ outcome: 'waiting' });
  return { client, allow };
}

describe('advancing an import', () => {
  test('twice at once takes each row once, and no more than may be under way', async () => {
    const { advance, rows } = await running({ clientLimit: 50 }, ...Array.from({ length: 10 }, (_, index) => `Client ${index}`));
    await Promise.all([advance(4), advance(4)]);
    expect((await rows()).map(({ outcome }) => outcome)).toEqual([...Array(4).fill('running'), ...Array(6).fill('pending')]);
    expect((await advance(4)).moved).toBe(false);
  });

  test('is not held up by what comes to something at once: only an onboarding takes room, and the first rows get the last slots', async () => {
    const { key, advance, rows } = await running({ clientLimit: 2 }, 'ACME', 'Acme GmbH', 'acme inc', 'Birch', 'Cedar', 'Acme SE');
    await activeClient(database, key.agencyId, { name: 'Acme Ltd' });
    expect(await advance(4)).toEqual({ counts: { ...noOutcomes, duplicate: 3, running: 1, pending: 2 }, moved: true });
    expect(await advance(4)).toMatchObject({ moved: false });
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'duplicate', 'running', 'pending', 'pending']);
  });

  test.each([
    ['that was seen to wait', true],
    ['that nobody has looked at since', false],
  ])('leaves a row alone %s and was settled by its onboarding', async (_, looks) => {
    const { key, advance, rows } = await running({ clientLimit: 0 }, 'Acme');
    await advance(4);
    const { allow, client } = await waitingFor(key);
    if (looks) expect((await advance(4)).counts).toMatchObject({ waiting: 1, running: 0 });

    await changePlan(database, key.agencyId, { clientLimit: 1 });
    expect(await allow()).toMatchObject({ outcome: 'reserved' });
    const settled = { outcome: 'created', code: null, detail: null, client_id: client.clientId, name: null, contact_email: null };
    expect(await rows()).toMatchObject([settled]);
    expect((await advance(4)).counts).toMatchObject({ created: 1, waiting: 0, running: 0 });
    expect(await rows()).toMatchObject([settled]);
  });

  test.each([
    ['that was seen to wait', true],
    ['that was not', false],
  ])('lets a row go %s when its onboarding could not be undone, and it is settled when it can', async (_, looks) => {
    const { key, advance, rows } = await running({ clientLimit: 0 }, 'Acme');
    await advance(4);
    const { client } = await waitingFor(key);
    if (looks) await advance(4);
    await flagForAttention(telling(database), { ...client, reason: 'a legal hold' });
    expect((await advance(4)).counts).toMatchObject({ waiting: 1, running: 0 });
    const left = { outcome: 'waiting', code: null, detail: expect.stringContaining('a legal hold'), client_id: client.clientId };
    expect(await rows()).toMatchObject([left]);

    await endOnboarding(worker, { ...client, state: 'cancelled', blockers: [], actor: tester });
    expect(await rows()).toMatchObject([{ outcome: 'cancelled', detail: 'its onboarding was cancelled', client_id: null }]);
  });

  test('says of a row whose onboarding found its client that this was brought up to date, however long it waited', async () => {
    const { key, advance, rows } = await running({ clientLimit: 0 }, 'Acme');
    await advance(4);
    const found = await pendingClient(database, onboardingInput(key.agencyId, { client: { externalReference: 'HS-1' } }));
    const { client, allow } = await waitingFor(key, { upsert: true, client: { externalReference: 'HS-1' } });
    expect(client.clientId).toBe(found.clientId);
    await changePlan(database, key.agencyId, { clientLimit: 1 });
    await allow();
    expect(await rows()).toMatchObject([{ outcome: 'updated', client_id: found.clientId }]);
  });
});
