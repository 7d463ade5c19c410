import { expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { connectCrm, crmEvent, deliver } from '../harness/crm.ts';
import { newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi();
const { database } = api;
const ignored = { status: 202, body: { ignored: expect.any(String) } };
const harmless = crmEvent({ externalReference: 'HS-1' }, { type: 'client.updated' });

test('a connection is made with a secret for Standard Webhooks and the address to send to', async () => {
  const agency = await newTenant(api);
  const answer = await agency.post('/crm-connections', { provider: 'standard' });
  expect(answer).toMatchObject({ status: 201 });
  const connection = answer.as(answers.connection);
  expect(connection).toMatchObject({ provider: 'standard', url: `https://foyer.example/v1/webhooks/crm/${connection.id}` });
  expect(Buffer.from(connection.secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(await deliver(api, connection, { event: harmless })).toMatchObject(ignored);
});

test('the secret is shown once: no list, no history and no table tells it', async () => {
  const agency = await newTenant(api);
  const { id, secret } = await connectCrm(agency);
  const list = await agency.get('/crm-connections');
  expect(list.as(answers.connections).items).toMatchObject([{ id, provider: 'standard' }]);
  const rows = await database.admin.selectFrom('crm_connections').selectAll().where('agency_id', '=', agency.id).execute();
  const kept = JSON.stringify([list.text, await events(database, agency.id), rows, api.logged]);
  for (const form of [secret, secret.replace('whsec_', ''), Buffer.from(secret).toString('hex')]) expect(kept).not.toContain(form);
  expect(list.text).not.toContain('secret');
});

test('after a rotation the new secret and the one before hold, and none older', async () => {
  const agency = await newTenant(api);
  const first = await connectCrm(agency);
  const rotate = async () => (await agency.post(`/crm-connections/${first.id}/rotate`)).as(answers.connection);
  const second = await rotate();
  expect(second.id).toBe(first.id);
  expect(second.secret).not.toBe(first.secret);
  for (const connection of [first, second]) expect(await deliver(api, connection, { event: harmless })).toMatchObject(ignored);
  const third = await rotate();
  for (const connection of [second, third]) expect(await deliver(api, connection, { event: harmless })).toMatchObject(ignored);
  expect(await deliver(api, first, { event: harmless })).toMatchObject(refusal('UNAUTHENTICATED'));
});

test('a day after the rotation the secret before holds no longer', async () => {
  const agency = await newTenant(api);
  const first = await connectCrm(agency);
  const second = (await agency.post(`/crm-connections/${first.id}/rotate`)).as(answers.connection);
  const row = database.admin.selectFrom('crm_connections').select('previous_valid_until').where('agency_id', '=', agency.id);
  const { previous_valid_until } = await row.executeTakeFirstOrThrow();
  expect(Math.round(((previous_valid_until?.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(24);
  await database.admin
    .updateTable('crm_connections')
    .set({ previous_valid_until: new Date(Date.now() - 1) })
    .where('agency_id', '=', agency.id)
    .execute();
  expect(await deliver(api, first, { event: harmless })).toMatchObject(refusal('UNAUTHENTICATED'));
  expect(await deliver(api, second, { event: harmless })).toMatchObject(ignored);
});

test('a rotation sent twice with one idempotency key is one rotation', async () => {
  const agency = await newTenant(api);
  const { id } = await connectCrm(agency);
  const rotate = () => agency.post(`/crm-connections/${id}/rotate`, undefined, { 'idempotency-key': 'one' });
  const many = await Promise.all([rotate(), rotate(), rotate()]);
  expect(new Set(many.map(({ text }) => text)).size).toBe(1);
  expect(await events(database, agency.id, 'crm_connection.rotated')).toHaveLength(1);
});

test('a deleted connection is listed no more, takes no message, and cannot be deleted or rotated again', async () => {
  const agency = await newTenant(api);
  const [gone, kept] = [await connectCrm(agency), await connectCrm(agency)];
  expect(await agency.delete(`/crm-connections/${gone.id}`)).toMatchObject({ status: 204, text: '' });
  expect((await agency.get('/crm-connections')).as(answers.connections).items.map(({ id }) => id)).toEqual([kept.id]);
  expect((await deliver(api, gone, { event: harmless })).status).toBe(401);
  expect(await agency.delete(`/crm-connections/${gone.id}`)).toMatchObject(refusal('NOT_FOUND'));
  expect(await agency.post(`/crm-connections/${gone.id}/rotate`)).toMatchObject(refusal('NOT_FOUND'));
  expect(await deliver(api, kept, { event: harmless })).toMatchObject(ignored);
});

test('the list of connections is newest first, in pages', async () => {
  const agency = await newTenant(api);
  const ids: string[] = [];
  for (const _ of [1, 2, 3]) ids.push((await connectCrm(agency)).id);
  const list = async (query: string) => (await agency.get(`/crm-connections?limit=2${query}`)).as(answers.connections);
  const first = await list('');
  const rest = await list(`&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
});

test('each change of a connection is told in the history', async () => {
  const agency = await newTenant(api);
  const { id } = await connectCrm(agency);
  await agency.post(`/crm-connections/${id}/rotate`);
  await agency.delete(`/crm-connections/${id}`);
  expect((await events(database, agency.id)).map(({ kind, after }) => [kind, after?.['id']])).toEqual([
    ['crm_connection.created', id],
    ['crm_connection.rotated', id],
    ['crm_connection.deleted', id],
  ]);
});
