import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';
import { openMember } from '../harness/member.ts';

const database = await testDatabase();
const { admin, worker, api } = database;

/** Who but its owner may do what in the schema of people and their credentials, from the catalog. */
async function grants(): Promise<string[]> {
  const { rows } = await sql<{ grant: string }>`
    select concat_ws(' ', grantee::regrole, lower(privilege_type), relname, columns) as grant from (
      select relname, null as columns, (aclexplode(relacl)).* from pg_class where relnamespace = 'auth'::regnamespace
      union all
      select relname, '(' || attname || ')', (aclexplode(attacl)).* from pg_class c join pg_attribute a on a.attrelid = c.oid where relnamespace = 'auth'::regnamespace
    ) as granted where grantee <> 'foyer_owner'::regrole order by 1
  `.execute(admin);
  return rows.map(({ grant }) => grant);
}

const all = ['delete', 'insert', 'select', 'update'];
const meant = [
  ...['attempts', 'credentials', 'people', 'sessions', 'verifications'].flatMap((table) => all.map((privilege) => `foyer_api ${privilege} ${table}`)),
  ...['email', 'id', 'name'].map((column) => `foyer_worker select people (${column})`),
].toSorted();

test('the API alone gets at credentials and sessions; the worker knows how to address people, and nothing else', async () => {
  expect((await grants()).toSorted()).toEqual(meant);
  const insufficientPrivilege = { code: '42501' };
  await expect(worker.selectFrom('auth.credentials').select('password').execute()).rejects.toMatchObject(insufficientPrivilege);
  await expect(worker.selectFrom('auth.sessions').select('token').execute()).rejects.toMatchObject(insufficientPrivilege);
  await expect(worker.updateTable('auth.people').set({ email: 'eve@people.example' }).execute()).rejects.toMatchObject(insufficientPrivilege);
  await expect(api.selectFrom('mails').select('sealed').execute()).rejects.toMatchObject(insufficientPrivilege);
});

test('nobody is deleted who is a member of an account', async () => {
  const personId = await openMember(database, await openAgency(database), { role: 'viewer' });
  await expect(api.deleteFrom('auth.people').where('id', '=', personId).execute()).rejects.toMatchObject({ constraint: 'memberships_person' });
});

test.each([
  'select on auth.sessions to foyer_worker',
  'select (email_verified) on auth.people to foyer_worker',
  'truncate on auth.people to foyer_api',
  'select on auth.people to public',
])('a grant of %s is noticed', async (grant) => {
  await sql.raw(`grant ${grant}`).execute(admin);
  expect((await grants()).toSorted()).not.toEqual(meant);
  await sql.raw(`revoke ${grant.replace(' to ', ' from ')}`).execute(admin);
});
