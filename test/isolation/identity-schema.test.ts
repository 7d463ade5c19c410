import { randomBytes } from 'node:crypto';
import { getMigrations } from 'better-auth/db/migration';
import { expect, test } from 'vitest';
import { identityOptions } from '../../api/auth/identity.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { testDatabase } from '../harness/database.ts';
import { publicUrl } from '../harness/public-url.ts';

const database = await testDatabase();
const { admin } = database;

/** What better-auth would still change about the schema before it works with it. */
async function wishes(): Promise<string[]> {
  const parts = { db: admin, secrets: createSecretBox(randomBytes(32)), publicUrl, onMailQueued: () => undefined };
  const oidc = { issuer: 'https://provider.example', clientId: 'foyer', clientSecret: 'secret' };
  const { toBeCreated, toBeAdded } = await getMigrations(identityOptions({ ...parts, oidc }, 'secret'.repeat(8), true));
  return [...toBeCreated, ...toBeAdded].map(({ table, fields }) => `${table} ${Object.keys(fields).join(', ')}`);
}

test('better-auth finds the tables and columns that its version wants', async () => {
  expect(await wishes()).toEqual([]);
});

test('a column that its version wants and the migrations lack is noticed', async () => {
  await admin.schema.withSchema('auth').alterTable('sessions').dropColumn('user_agent').execute();
  expect(await wishes()).toEqual(['sessions user_agent']);
});
