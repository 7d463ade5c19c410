import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { readApiKey } from '../../db/read/api-key.ts';
import { readCrmConnection } from '../../db/read/crm-connection.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant, readInTenant } from '../../db/tenant.ts';
import type { AccountId, AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newCrmConnectionId, newProjectId } from '../harness/ids.ts';

const database = await testDatabase();

const visibleClients = (db: Kysely<Database>) => db.selectFrom('clients').select(['agency_id', 'id']).execute();

/** A pool of so few connections that transactions follow one another on the same one. */
function narrowPool(url: string, maxConnections: number): Kysely<Database> {
  const pool = connect(url, { applicationName: 'foyer-test', maxConnections, statementTimeoutMs: 10_000, onIdleError: () => {} });
  afterAll(() => pool.destroy());
  return pool;
}

describe.each(['api', 'worker', 'owner'] as const)('as foyer_%s', (role) => {
  test("an agency sees its own clients and nobody else's", async () => {
    const [own, other] = [await activeClient(database, await openAgency(database)), await activeClient(database, await openAgency(database))];
    const seen = await inTenant(database[role], own.agencyId, visibleClients);
    expect(seen).toEqual([{ agency_id: own.agencyId, id: own.clientId }]);
    expect(seen).not.toContainEqual(expect.objectContaining({ id: other.clientId }));
  });

  test('nothing is seen with no agency set', async () => {
    await activeClient(database, await openAgency(database));
    expect(await visibleClients(database[role])).toEqual([]);
  });

  test('the agency does not outlive its transaction on a pooled connection', async () => {
    const { agencyId } = await activeClient(database, await openAgency(database));
    const pool = narrowPool(database.urls[role], 1);
    const backend = async (db: Kysely<Database>) => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows;

    const inside = await inTenant(pool, agencyId, backend);
    expect(await visibleClients(pool)).toEqual([]);
    await readInTenant(pool, { agencyId }, (reader) => reader.selectFrom('clients').select('id').execute());
    expect(await visibleClients(pool)).toEqual([]);
    await inTenant(pool, agencyId, () => Promise.reject(new Error('taken back'))).catch(() => {});
    expect(await visibleClients(pool)).toEqual([]);
    expect(await backend(pool)).toEqual(inside);
  });
});

test('transactions of many agencies over two connections see only their own', async () => {
  const clients = await Promise.all(Array.from({ length: 6 }, async () => activeClient(database, await openAgency(database))));
  const pool = narrowPool(database.urls.api, 2);
  const looks = Array.from({ length: 60 }, async (_, index) => {
    const client = clients[index % clients.length];
    if (!client) throw new Error('there are clients');
    const { agencyId, clientId } = client;
    const look = (db: Kysely<Database>) => db.selectFrom('clients').select('id').execute();
    const seen =
      index % 2
        ? await inTenant(pool, agencyId, look)
        : await readInTenant(pool, { agencyId }, (reader) => reader.selectFrom('clients').select('id').execute());
    expect(seen).toEqual([{ id: clientId }]);
  });
  await Promise.all(looks);
});

test('what a transaction did before it failed is gone', async () => {
  const agencyId = await openAgency(database);
  const attempt = inTenant(database.worker, agencyId, async (tx) => {
    await tx.insertInto('projects').values({ agency_id: agencyId, id: newProjectId(), name: 'Site', domain: 'site.example', client_id: null }).execute();
    throw new Error('after all not');
  });
  await expect(attempt).rejects.toThrow('after all not');
  expect(await inTenant(database.worker, agencyId, (tx) => tx.selectFrom('projects').select('id').execute())).toEqual([]);
});

test('a transaction in which a statement failed does not pass for committed, even when the failure was swallowed', async () => {
  const agencyId = await openAgency(database);
  const attempt = inTenant(database.worker, agencyId, async (tx) => {
    await sql`select 1 / 0`.execute(tx).catch(() => {});
  });
  await expect(attempt).rejects.toThrow('rolled back');
});

test('reading cannot write, whatever the role may', async () => {
  const agencyId = await openAgency(database);
  const attempt = readInTenant(database.worker, { agencyId }, async (reader) => {
    // The type has no way to write; this is who gets around it.
    const writer = reader as unknown as Kysely<Database>;
    await writer.updateTable('plans').set({ client_slots_used: 9 }).where('agency_id', '=', agencyId).execute();
  });
  await expect(attempt).rejects.toMatchObject({ code: '25006' });
});

test.each(["'; drop table foyer.clients; --", '', 'null', "' || set_config('foyer.agency_id', 'x', true) || '"])(
  'an agency that is no id never reaches Postgres: %j',
  async (id) => {
    const agencyId = id as AccountId;
    await expect(inTenant(database.api, agencyId, visibleClients)).rejects.toThrow(TypeError);
    await expect(readInTenant(database.api, { agencyId }, async () => 'read')).rejects.toThrow(TypeError);
  },
);

describe('before the agency is known', () => {
  const hashOf = (key: string) => createHash('sha256').update(key).digest();
  const key = () => `fk_${randomBytes(16).toString('hex')}`;

  async function keyOf(agencyId: AgencyId, keyText: string, limits: { expires_at?: Date; revoked_at?: Date } = {}) {
    await inTenant(database.api, agencyId, (tx) =>
      tx
        .insertInto('api_keys')
        .values({ agency_id: agencyId, name: 'key', prefix: keyText.slice(0, 8), key_hash: hashOf(keyText), scopes: ['admin'], ...limits })
        .execute(),
    );
  }
  const find = (hash: Buffer) => readApiKey(database.api, hash);

  test('a key shows itself and its account, and nothing else', async () => {
    const { agencyId } = await activeClient(database, await openAgency(database));
    const [mine, other] = [key(), key()];
    await keyOf(agencyId, mine);
    await keyOf(agencyId, other);
    await keyOf(await openAgency(database), key());

    expect(await find(hashOf(mine))).toMatchObject({ accountId: agencyId, scopes: ['admin'] });
    const seen = await database.api.transaction().execute(async (tx) => {
      await sql`select set_config('foyer.presented_key', ${hashOf(mine).toString('hex')}, true)`.execute(tx);
      return {
        keys: await tx.selectFrom('api_keys').select('key_hash').execute(),
        accounts: await tx.selectFrom('accounts').select('id').execute(),
        clients: await tx.selectFrom('clients').select('id').execute(),
        plans: await tx.selectFrom('plans').select('agency_id').execute(),
      };
    });
    expect(seen).toEqual({ keys: [{ key_hash: hashOf(mine) }], accounts: [{ id: agencyId }], clients: [], plans: [] });
  });

  test.each([
    ['revoked', { revoked_at: new Date() }],
    ['expired', { expires_at: new Date(Date.now() - 1_000) }],
  ])('a key that is %s opens nothing', async (_, limits) => {
    const agencyId = await openAgency(database);
    const mine = key();
    await keyOf(agencyId, mine, limits);
    expect(await find(hashOf(mine))).toBeUndefined();
  });

  test("a key that is nobody's finds nothing", async () => {
    expect(await find(hashOf(key()))).toBeUndefined();
  });

  test('a CRM connection shows itself and nothing else, until it is deleted', async () => {
    const { agencyId } = await activeClient(database, await openAgency(database));
    const id = newCrmConnectionId();
    await inTenant(database.api, agencyId, (tx) =>
      tx
        .insertInto('crm_connections')
        .values(
          [id, newCrmConnectionId()].map((each) => ({
            agency_id: agencyId,
            id: each,
            provider: 'standard' as const,
            secret: randomBytes(32),
            previous_secret: null,
          })),
        )
        .execute(),
    );
    const look = () =>
      readInTenant(database.api, { presentedConnectionId: id }, async (reader) => ({
        found: await readCrmConnection(reader, id),
        connections: await reader.selectFrom('crm_connections').select('id').execute(),
        clients: await reader.selectFrom('clients').select('id').execute(),
      }));
    expect(await look()).toMatchObject({ found: { id, agencyId }, connections: [{ id }], clients: [] });

    await inTenant(database.api, agencyId, (tx) => tx.updateTable('crm_connections').set({ deleted_at: new Date() }).where('id', '=', id).execute());
    expect((await look()).found).toBeUndefined();
  });
});
