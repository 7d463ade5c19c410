import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { inTenant, readInTenant, type TenantReader } from '../../db/tenant.ts';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';

const database = await testDatabase();
// One connection, so that whoever comes next gets the one that the failed read had.
const onlyOne = connect(database.urls.api, { applicationName: 'foyer-test', maxConnections: 1, statementTimeoutMs: 5_000, onIdleError: () => {} });
afterAll(() => onlyOne.destroy());

const slow = sql<number>`(select count(pg_sleep(0.05)))`;

test.each<[string, (reader: TenantReader) => Promise<unknown>]>([
  ['before its first statement', () => Promise.reject(new Error('no luck'))],
  ['beside a statement that still runs', (reader) => Promise.all([reader.selectNoFrom(slow.as('slept')).execute(), Promise.reject(new Error('no luck'))])],
])('a read that fails %s leaves its connection clean for the next tenant', async (_, read) => {
  const [reading, writing] = [await openAgency(database), await openAgency(database)];
  const failed = readInTenant(onlyOne, { agencyId: reading }, read);
  const change = inTenant(onlyOne, writing, async (tx) => {
    await tx.selectNoFrom(slow.as('slept')).execute();
    return tx.updateTable('plans').set({ client_limit: 7 }).where('agency_id', '=', writing).returning('client_limit').execute();
  });
  const outcomes = await Promise.allSettled([failed, change]);
  expect(outcomes).toEqual([
    { status: 'rejected', reason: new Error('no luck') },
    { status: 'fulfilled', value: [{ client_limit: 7 }] },
  ]);
});
