import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { refusal } from '../harness/answers.ts';
import { anotherApi, testApi } from '../harness/api.ts';
import { inTime } from '../harness/in-time.ts';
import { recordStatements } from '../harness/statements.ts';
import { newTenant, openKey, tenantWith } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi({ worker: false });
const { database } = api;
const recorded = recordStatements(database.api);
const counting = await anotherApi(api, { db: recorded.db });

/** An agency whose key has been used. */
async function knownAgency() {
  const { id, key } = await newTenant(api);
  const agency = tenantWith(counting, id, key);
  await until('the key is remembered', async () => {
    const sent = await recorded.during(() => agency.get('/clients'));
    return !sent.some((statement) => statement.includes('find_api_key'));
  });
  return agency;
}
const revoke = ({ id }: { id: string }) => sql`update foyer.api_keys set revoked_at = now() where agency_id = ${id}`.execute(database.admin);

test('a key that is revoked stops as soon as it is told, though it was in use', async () => {
  const [agency, other] = [await knownAgency(), await knownAgency()];
  await revoke(agency);
  await until('the key is refused', async () => (await agency.get('/clients')).status === 401);
  expect(await other.get('/clients')).toMatchObject({ status: 200 });
});

test('while the process does not hear the database, every key is asked for', async () => {
  const agency = await knownAgency();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'foyer-api-watch' and datname = current_database()`.execute(
    database.admin,
  );
  await until('the loss is noticed', async () => counting.logged.some(({ msg }) => String(msg).startsWith('lost the connection')));
  await revoke(agency);
  expect(await agency.get('/clients')).toMatchObject(refusal('UNAUTHENTICATED'));
});

test('a key that expires while it is remembered is refused from that moment', async () => {
  const { id } = await newTenant(api);
  const { agency, expiresAt } = await inTime(async (pace) => {
    const expiresAt = new Date(Date.now() + 1_000 * pace);
    const agency = tenantWith(counting, id, await openKey(database, id, { expiresAt }));
    const known = await agency.get('/clients');
    if (Date.now() >= expiresAt.getTime()) return undefined;
    expect(known).toMatchObject({ status: 200 });
    return { agency, expiresAt };
  });
  await until('the key has expired', async () => Date.now() > expiresAt.getTime());
  expect(await agency.get('/clients')).toMatchObject(refusal('UNAUTHENTICATED'));
});
