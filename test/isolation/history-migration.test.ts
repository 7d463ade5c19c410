import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { migrations } from '../../db/migrate.ts';
import { verifyHistory } from '../../db/verify-history.ts';
import { testDatabase } from '../harness/database.ts';

const { urls, admin } = await testDatabase();
const pool = new pg.Pool({ connectionString: urls.owner, max: 2 });
const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
afterAll(() => owner.destroy());

const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => migrations }, migrationTableSchema: 'foyer' });

test('events that were there before the chain are sealed, in their order, and what is personal in them is set apart; older agencies get a stamp', async () => {
  await admin.connection().execute(async (connection) => {
    await sql`drop schema auth cascade; drop schema foyer cascade; create schema foyer authorization foyer_owner`.execute(connection);
  });
  await migrator.migrateTo('0006-memberships');
  const [one, two] = [randomUUID(), randomUUID()];
  for (const account of [one, two]) {
    await sql`insert into foyer.accounts (id, kind, name, billing_email) values (${account}, 'agency', 'Agency', 'a@b.example')`.execute(admin);
    const client = randomUUID();
    const event = (kind: string, of: string | null, before: object | null, after: object | null) =>
      sql`insert into foyer.events (agency_id, kind, actor, client_id, before, after)
        values (${account}, ${kind}, '{"kind": "system", "label": "test"}', ${of}, ${JSON.stringify(before)}, ${JSON.stringify(after)})`.execute(admin);
    await event('account.created', null, null, { name: 'Agency', kind: 'agency' });
    await event('client.created', client, null, { name: 'Client' });
    await event('client.updated', client, { name: 'Client', state: 'active' }, { name: 'Renamed', state: 'active' });
  }
  const { error } = await migrator.migrateToLatest();
  expect(error).toBeUndefined();
  const stamped = await sql<{ agency_id: string }>`select agency_id from foyer.client_list_stamps`.execute(admin);
  expect(stamped.rows.map(({ agency_id }) => agency_id).sort()).toEqual([one, two].sort());

  for await (const history of verifyHistory(urls.admin)) expect(history).toMatchObject({ position: 3, erased: 0, finding: null });
  const { rows } = await sql<{ kind: string; before: unknown; after: unknown; content: string | null }>`
    select kind, before, after, content from foyer.event_seals as seal join foyer.events as event on event.id = seal.event_id
    left join foyer.event_details as details on details.event_id = event.id where seal.agency_id = ${one} order by position`.execute(admin);
  expect(rows.map(({ content, ...row }) => ({ ...row, personal: content && JSON.parse(content) }))).toEqual([
    { kind: 'account.created', before: null, after: { name: 'Agency', kind: 'agency' }, personal: null },
    { kind: 'client.created', before: null, after: {}, personal: { before: null, after: { name: 'Client' } } },
    {
      kind: 'client.updated',
      before: { state: 'active' },
      after: { state: 'active' },
      personal: { before: { name: 'Client' }, after: { name: 'Renamed' } },
    },
  ]);
});
