import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { prepareDatabase } from '../../db/prepare.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import { startPostgres } from '../../dev/postgres.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';
import { tester } from '../harness/onboarding-input.ts';

const database = await testDatabase();
const directory = await mkdtemp(join(tmpdir(), 'foyer-verify-'));
// Postgres may run as a user of its own, who has to get through.
await chmod(directory, 0o711);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Runs `npm run verify-history` as somebody with this environment would. */
function verifyHistory(env: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> {
  const script = join(import.meta.dirname, '../../dev/verify-history.ts');
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env: { PATH, NODE_COMPILE_CACHE, ...env } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

async function agencyWithEvents(count: number): Promise<AgencyId> {
  const agencyId = await openAgency(database);
  for (let index = 0; index < count; index++)
    await inTenant(database.api, agencyId, (tx) => recordEvent(tx, { agencyId, actor: tester, kind: 'plan.changed', after: { index } }));
  return agencyId;
}

describe('npm run verify-history', () => {
  const DATABASE_URL = database.urls.admin;
  const anchors = join(directory, 'anchors.json');

  test('tells of every account that its history is whole, and where it ends, and keeps that for the next time', async () => {
    const agencyId = await agencyWithEvents(3);
    const { code, output } = await verifyHistory({ DATABASE_URL }, '--anchors', anchors);
    expect(output).toMatch(new RegExp(`^${agencyId} {2}whole: 3 events, 0 of them with erased details, the last sealed as [0-9a-f]{64}$`, 'm'));
    expect(output).toMatch(/^The history of \d+ accounts is whole\.$/m);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(anchors, 'utf8'))).toContainEqual({ accountId: agencyId, position: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('names the first row that was changed, fails, and leaves the anchors as they were', async () => {
    const agencyId = await agencyWithEvents(2);
    await verifyHistory({ DATABASE_URL }, '--anchors', anchors);
    const before = await readFile(anchors, 'utf8');
    await database.admin.updateTable('events').set({ kind: 'client.archived' }).where('agency_id', '=', agencyId).execute();
    const { code, output } = await verifyHistory({ DATABASE_URL }, '--anchors', anchors);
    expect(output).toMatch(new RegExp(`^${agencyId} {2}BROKEN: the event at position 1 .* was changed$`, 'm'));
    expect(code).toBe(1);
    expect(await readFile(anchors, 'utf8')).toBe(before);
    await database.admin.updateTable('events').set({ kind: 'plan.changed' }).where('agency_id', '=', agencyId).execute();
  });

  test('finds an end that was cut off by the key alone, without a file', async () => {
    const agencyId = await agencyWithEvents(2);
    const FOYER_SECRET_KEY = randomBytes(32).toString('base64');
    expect(await verifyHistory({ DATABASE_URL, FOYER_SECRET_KEY })).toMatchObject({ code: 0, output: expect.stringContaining('no signed anchors') });
    await agencyWithEvents(1);
    expect(await verifyHistory({ DATABASE_URL, FOYER_SECRET_KEY })).toMatchObject({ code: 0, output: expect.stringContaining('the anchors signed at') });
    const withAnotherKey = await verifyHistory({ DATABASE_URL, FOYER_SECRET_KEY: randomBytes(32).toString('base64') });
    expect(withAnotherKey).toMatchObject({ code: 1, output: expect.stringMatching(/^It was held to no signed anchors, for they are BROKEN: anchor 1/m) });
    expect(withAnotherKey.output).not.toContain('There were no signed anchors');

    const last = sql`select event_id from foyer.event_seals where agency_id = ${agencyId} and position = 2`;
    await database.admin.transaction().execute(async (tx) => {
      await sql`delete from foyer.events where id = (${last})`.execute(tx);
      await sql`delete from foyer.event_seals where agency_id = ${agencyId} and position = 2`.execute(tx);
    });
    const { code, output } = await verifyHistory({ DATABASE_URL, FOYER_SECRET_KEY });
    expect(output).toMatch(new RegExp(`^${agencyId} {2}BROKEN: everything behind position 1 was removed: the chain had come to 2$`, 'm'));
    expect(code).toBe(1);
  });

  test('says so where it is not shown everything, and where there is nothing', async () => {
    expect(await verifyHistory({ DATABASE_URL: database.urls.owner })).toMatchObject({ code: 2, output: expect.stringContaining('row-level security') });
    expect(await verifyHistory({ FOYER_HOME: join(directory, 'nowhere') })).toMatchObject({ code: 2, output: expect.stringContaining('There is no Foyer in') });
  });

  test('finds the embedded database, whether it runs or not', async () => {
    const home = join(directory, 'home');
    const options = { dir: join(home, 'postgres'), durable: false, settings: { shared_buffers: '32MB' } };
    const server = await startPostgres(options);
    const passwords = { owner: 'owner', worker: 'worker', api: 'api' };
    await prepareDatabase({ adminUrl: server.adminUrl, database: 'foyer', passwords });
    const whole = (heldTo: string) => ({ code: 0, output: expect.stringMatching(`^The history of 0 accounts is whole.\n${heldTo}`) });
    expect(await verifyHistory({ FOYER_HOME: home })).toEqual(whole('There were no signed anchors'));
    await server.stop();
    expect(await verifyHistory({ FOYER_HOME: home })).toEqual(whole('It was held to the anchors signed at 20'));
  });
});
