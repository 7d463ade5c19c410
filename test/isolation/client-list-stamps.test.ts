import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { moveProject } from '../../activities/move-project.ts';
import { readClientListStamp } from '../../db/read/client-list-stamp.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';

const database = await testDatabase();

/** The tables that a page of clients is made of, from its function, and those whose every change gives the agency another stamp, from the catalog. */
async function tables() {
  const { rows } = await sql<{ name: string; listed: boolean; stamped: boolean }>`
    select table_.relname as name,
      (select prosrc from pg_proc where oid = 'foyer.page_of_clients'::regproc) ~ ('foyer\\.' || table_.relname || '\\M') as listed,
      exists (
        select from pg_trigger where tgrelid = table_.oid and tgfoid = 'foyer.stamp_client_list'::regproc and tgenabled = 'O'
          -- A constraint's, for each row, after insert, delete and update of whatever column, with no condition.
          and tgconstraint <> 0 and tgtype = 1 + 4 + 8 + 16 and tgattr = '' and tgqual is null
      ) as stamped
    from pg_class as table_ where table_.relnamespace = 'foyer'::regnamespace and table_.relkind in ('r', 'p') order by 1`.execute(database.admin);
  return { listed: rows.filter(({ listed }) => listed).map(({ name }) => name), stamped: rows.filter(({ stamped }) => stamped).map(({ name }) => name) };
}

test('every table that a page of clients is made of stamps the list, whatever changes in it', async () => {
  const { listed, stamped } = await tables();
  expect(listed).toEqual(['clients', 'offboardings', 'onboardings', 'projects']);
  expect(stamped).toEqual(listed);
});

test('a change gives its agency another stamp, and no other agency', async () => {
  const [agencyId, other] = [await openAgency(database), await openAgency(database)];
  const stamps = async () => [await readClientListStamp(database.api, agencyId), await readClientListStamp(database.api, other)];
  expect(await stamps()).toEqual([null, null]);

  const [{ clientId }] = [await activeClient(database, agencyId), await activeClient(database, other)];
  const projectId = await openProject(database, agencyId);
  const before = await stamps();
  expect(new Set([...before, null]).size).toBe(3);
  expect(await stamps()).toEqual(before);

  await moveProject(database.worker, { agencyId, projectId, clientId, actor: tester });
  const after = await stamps();
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test('a transaction that changes two agencies stamps both, and one that is rolled back neither', async () => {
  const agencies = [await openAgency(database), await openAgency(database)];
  for (const agencyId of agencies) await activeClient(database, agencyId);
  const stamps = () => Promise.all(agencies.map((agencyId) => readClientListStamp(database.api, agencyId)));
  const touch = sql`update foyer.clients set version = version where agency_id = any (${agencies})`;
  const before = await stamps();
  await expect(
    database.admin.transaction().execute(async (tx) => {
      await touch.execute(tx);
      throw new Error('thought better of it');
    }),
  ).rejects.toThrow('thought better of it');
  expect(await stamps()).toEqual(before);
  await touch.execute(database.admin);
  const after = await stamps();
  expect(after.map((stamp, index) => stamp !== before[index])).toEqual([true, true]);
});
