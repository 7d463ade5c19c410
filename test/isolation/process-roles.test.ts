import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { recordEvent } from '../../db/record-event.ts';
import { assertSafeRole } from '../../db/safe-role.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenant.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openProject } from '../harness/project.ts';

const database = await testDatabase();

const insufficientPrivilege = { code: '42501' };

async function furnished() {
  const client = await activeClient(database, await openAgency(database));
  return { ...client, projectId: await openProject(database, client.agencyId, { clientId: client.clientId }) };
}
type Furnished = Awaited<ReturnType<typeof furnished>>;

describe('the web-facing process cannot', () => {
  const writes: [string, (of: Furnished, tx: Kysely<Database>) => Promise<unknown>][] = [
    [
      'make a client',
      ({ agencyId, clientId }, tx) =>
        tx
          .insertInto('clients')
          .values({ agency_id: agencyId, id: clientId, name: 'x', state: 'pending', contact_email: null, external_reference: null, notes: null })
          .execute(),
    ],
    ['change a client', ({ agencyId }, tx) => tx.updateTable('clients').set({ state: 'archived' }).where('agency_id', '=', agencyId).execute()],
    ['delete a client', ({ agencyId }, tx) => tx.deleteFrom('clients').where('agency_id', '=', agencyId).execute()],
    [
      'make a project',
      ({ agencyId, projectId }, tx) =>
        tx.insertInto('projects').values({ agency_id: agencyId, id: projectId, name: 'x', domain: 'x.example', client_id: null }).execute(),
    ],
    ['move a project', ({ agencyId }, tx) => tx.updateTable('projects').set({ client_id: null }).where('agency_id', '=', agencyId).execute()],
    ['delete a project', ({ agencyId }, tx) => tx.deleteFrom('projects').where('agency_id', '=', agencyId).execute()],
    [
      'share a project',
      ({ agencyId, projectId, clientId }, tx) =>
        tx
          .insertInto('sharings')
          .values({ agency_id: agencyId, project_id: projectId, client_id: clientId, state: 'shared', token_hash: randomBytes(32) })
          .execute(),
    ],
    ['change sharing', ({ agencyId }, tx) => tx.updateTable('sharings').set({ expires_at: null }).where('agency_id', '=', agencyId).execute()],
    ['delete sharing', ({ agencyId }, tx) => tx.deleteFrom('sharings').where('agency_id', '=', agencyId).execute()],
    ['change an onboarding', ({ agencyId }, tx) => tx.updateTable('onboardings').set({ state: 'cancelled' }).where('agency_id', '=', agencyId).execute()],
    ['delete an onboarding', ({ agencyId }, tx) => tx.deleteFrom('onboardings').where('agency_id', '=', agencyId).execute()],
    ['change a step', ({ agencyId }, tx) => tx.updateTable('onboarding_steps').set({ state: 'done' }).where('agency_id', '=', agencyId).execute()],
    ['change a report', ({ agencyId }, tx) => tx.updateTable('reports').set({ risk_score: 0 }).where('agency_id', '=', agencyId).execute()],
    ['delete a report', ({ agencyId }, tx) => tx.deleteFrom('reports').where('agency_id', '=', agencyId).execute()],
    ['take a client slot', ({ agencyId }, tx) => tx.updateTable('plans').set({ client_slots_used: 0 }).where('agency_id', '=', agencyId).execute()],
    ['change an account', ({ agencyId }, tx) => tx.updateTable('accounts').set({ kind: 'direct' }).where('id', '=', agencyId).execute()],
    [
      'widen an API key',
      ({ agencyId }, tx) =>
        tx
          .updateTable('api_keys')
          .set({ scopes: ['admin'] })
          .where('agency_id', '=', agencyId)
          .execute(),
    ],
    [
      'make an idempotency key free for another request',
      ({ agencyId }, tx) =>
        tx
          .updateTable('idempotency_keys')
          .set({ fingerprint: randomBytes(32) })
          .where('agency_id', '=', agencyId)
          .execute(),
    ],
  ];
  test.each(writes)('%s', async (_, write) => {
    const of = await furnished();
    await expect(inTenant(database.api, of.agencyId, (tx) => write(of, tx))).rejects.toMatchObject(insufficientPrivilege);
  });
});

test('an answer is kept once, and not changed after', async () => {
  const agencyId = await openAgency(database);
  const key = { agency_id: agencyId, key_hash: randomBytes(32), fingerprint: randomBytes(32), about_client: null };
  const keep = (answer: string) =>
    inTenant(database.api, agencyId, (tx) =>
      tx
        .updateTable('idempotency_keys')
        .set({ status: 201, answer: Buffer.from(answer) })
        .where('key_hash', '=', key.key_hash)
        .executeTakeFirst(),
    );
  await inTenant(database.api, agencyId, (tx) => tx.insertInto('idempotency_keys').values(key).execute());
  expect([await keep('first'), await keep('second')]).toMatchObject([{ numUpdatedRows: 1n }, { numUpdatedRows: 0n }]);
});

describe('the worker cannot', () => {
  const acts: [string, (of: Furnished, tx: Kysely<Database>) => Promise<unknown>][] = [
    ['raise a plan', ({ agencyId }, tx) => tx.updateTable('plans').set({ client_limit: 99 }).where('agency_id', '=', agencyId).execute()],
    ['read API keys', (_, tx) => tx.selectFrom('api_keys').selectAll().execute()],
    ['read the secrets of CRM connections', (_, tx) => tx.selectFrom('crm_connections').selectAll().execute()],
    ['read answers that were given', (_, tx) => tx.selectFrom('idempotency_keys').selectAll().execute()],
    ['delete a project', ({ agencyId }, tx) => tx.deleteFrom('projects').where('agency_id', '=', agencyId).execute()],
    ['delete an onboarding', ({ agencyId }, tx) => tx.deleteFrom('onboardings').where('agency_id', '=', agencyId).execute()],
  ];
  test.each(acts)('%s', async (_, act) => {
    const of = await furnished();
    await expect(inTenant(database.worker, of.agencyId, (tx) => act(of, tx))).rejects.toMatchObject(insufficientPrivilege);
  });
});

describe.each(['api', 'worker', 'owner'] as const)('foyer_%s cannot', (role) => {
  test('change the history', async () => {
    const { agencyId } = await furnished();
    await expect(
      inTenant(database[role], agencyId, (tx) => tx.updateTable('events').set({ kind: 'x' }).where('agency_id', '=', agencyId).execute()),
    ).rejects.toMatchObject(insufficientPrivilege);
  });

  test('delete from the history', async () => {
    const { agencyId } = await furnished();
    await expect(inTenant(database[role], agencyId, (tx) => tx.deleteFrom('events').where('agency_id', '=', agencyId).execute())).rejects.toMatchObject(
      insufficientPrivilege,
    );
  });

  test('empty the history', async () => {
    await expect(sql`truncate events`.execute(database[role])).rejects.toMatchObject(insufficientPrivilege);
  });

  test("write into another agency's history", async () => {
    const [own, other] = [await openAgency(database), await openAgency(database)];
    const forged = inTenant(database[role], own, (tx) => recordEvent(tx, { agencyId: other, kind: 'client.archived', actor: tester }));
    await expect(forged).rejects.toMatchObject(insufficientPrivilege);
  });
});

describe('a process', () => {
  test.each(['api', 'worker', 'owner'] as const)('runs as foyer_%s', async (role) => {
    await expect(assertSafeRole(database[role])).resolves.toBeUndefined();
  });

  test('refuses to run as superuser', async () => {
    await expect(assertSafeRole(database.admin)).rejects.toThrow('refusing to run as postgres');
  });

  test('refuses to run as a role with BYPASSRLS', async () => {
    const attempt = database.admin.transaction().execute(async (tx) => {
      await sql`create role foyer_passing bypassrls`.execute(tx);
      await sql`set local role foyer_passing`.execute(tx);
      await assertSafeRole(tx);
    });
    await expect(attempt).rejects.toThrow('refusing to run as foyer_passing');
  });
});
