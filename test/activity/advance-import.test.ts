import { describe, expect, test } from 'vitest';
import { advanceImport } from '../../activities/advance-import.ts';
import { beginImport } from '../../activities/begin-import.ts';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { pendingClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { importedRows, importRow, storedImport } from '../harness/import.ts';
import { firstRun, onboardingInput, tester } from '../harness/onboarding-input.ts';

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

describe('advancing an import', () => {
  test('twice at once takes each row once, and no more than may be under way', async () => {
    const { advance, rows } = await running({ clientLimit: 50 }, ...Array.from({ length: 10 }, (_, index) => `Client ${index}`));
    await Promise.all([advance(4), advance(4)]);
    expect((await rows()).map(({ outcome }) => outcome)).toEqual([...Array(4).fill('running'), ...Array(6).fill('pending')]);
    expect((await advance(4)).moved).toBe(false);
  });

  test.each([
    ['that was seen to wait', true],
    ['that nobody has looked at since', false],
  ])('leaves a row alone %s and was settled by its onboarding', async (_, looks) => {
    const { key, advance, rows } = await running({ clientLimit: 0 }, 'Acme');
    await advance(4);
    const [row] = await rows();
    if (!row) throw new Error('there is no row');
    const input = onboardingInput(key.agencyId, { onboardingId: row.onboarding_id, clientId: row.new_client_id, source: 'import', onLimit: 'wait' });
    const client = await pendingClient(database, input);
    const allow = () => checkAllowance(worker, { ...client, onLimit: 'wait', actor: tester }, firstRun());
    expect(await allow()).toMatchObject({ outcome: 'waiting' });
    if (looks) expect((await advance(4)).counts).toMatchObject({ waiting: 1, running: 0 });

    await changePlan(database, key.agencyId, { clientLimit: 1 });
    expect(await allow()).toMatchObject({ outcome: 'reserved' });
    const settled = { outcome: 'created', code: null, detail: null, client_id: client.clientId, name: null, contact_email: null };
    expect(await rows()).toMatchObject([settled]);
    expect((await advance(4)).counts).toMatchObject({ created: 1, waiting: 0, running: 0 });
    expect(await rows()).toMatchObject([settled]);
  });
});
