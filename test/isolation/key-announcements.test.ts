import pg from 'pg';
import { expect, test } from 'vitest';
import { apiKeyChannel } from '../../db/channels.ts';
import { inTenant } from '../../db/tenant.ts';
import { openAgency } from '../harness/agency.ts';
import { testDatabase } from '../harness/database.ts';
import { openKey } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const database = await testDatabase();

test('whoever listens is told of a key that is made, revoked or gone, by its id and never by its hash', async () => {
  const agencyId = await openAgency(database);
  const heard: string[] = [];
  const listener = new pg.Client({ connectionString: database.urls.api });
  await listener.connect();
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query(`listen ${apiKeyChannel}`);
  try {
    await openKey(database, agencyId);
    const { id } = await database.admin.selectFrom('api_keys').select('id').where('agency_id', '=', agencyId).executeTakeFirstOrThrow();
    await inTenant(database.api, agencyId, (tx) => tx.updateTable('api_keys').set({ revoked_at: new Date() }).where('agency_id', '=', agencyId).execute());
    await database.admin.deleteFrom('api_keys').where('agency_id', '=', agencyId).execute();
    const told = `${agencyId}/${id}`;
    expect(await until('three were told', async () => heard.length >= 3 && heard)).toEqual([told, told, told]);
  } finally {
    await listener.end();
  }
});
