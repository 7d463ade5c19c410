import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { inTenant, readInTenant } from '../../db/tenant.ts';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';

const database = await testDatabase();
// One connection, so that whoever comes next gets the one that the failed read had.
const onlyOne = connect(database.urls.api, { applicationName: 'foyer-test', maxConnections: 1, statementTimeoutMs: 5_000, onIdleError: () => {} });
afterAll(() => onlyOne.destroy());

const agencyInSight = sql<string>`(select current_setting('foyer.agency_id', true) from pg_sleep(0.05))`.as('agency');

test.each([0, 1, 3])('a read that fails with %i statements under way leaves its connection clean for the next tenant', async (count) => {
  const [reading, writing] = [await openAgency(database), await openAgency(database)];
  const underWay: Promise<{ agency: string }[]>[] = [];
  const failed = readInTenant(onlyOne, { agencyId: reading }, async (reader) => {
    for (let sent = 0; sent < count; sent++) underWay.push(reader.selectNoFrom(agencyInSight).execute());
    throw new Error('no luck');
  });
  const change = inTenant(onlyOne, writing, async (tx) => {
    const before = await tx.selectNoFrom(agencyInSight).execute();
    const changed = await tx.updateTable('plans').set({ client_limit: 7 }).where('agency_id', '=', writing).returning('agency_id as agency').execute();
    return [...before, ...changed, ...(await tx.selectNoFrom(agencyInSight).execute())];
  });
  await expect(failed).rejects.toThrow('no luck');
  expect(await change).toEqual([{ agency: writing }, { agency: writing }, { agency: writing }]);
  // What was under way saw its own agency to the end.
  expect(await Promise.all(underWay)).toEqual(Array.from({ length: count }, () => [{ agency: reading }]));
});
