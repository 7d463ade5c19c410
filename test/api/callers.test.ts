import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agencySchema } from '../../api/representations/agency.ts';
import { changePlan } from '../harness/agency.ts';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { openProject, share } from '../harness/project.ts';
import { newDirectAccount, newTenant, openKey } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
const { database } = api;
const get = (path: string, key: string) => api.send({ method: 'GET', path, key });
const workspaces = z.object({ items: z.array(agencySchema), nextCursor: z.null() });

describe('who calls', () => {
  test('is a key of one account, with its scopes', async () => {
    const agency = await newTenant(api);
    const key = await openKey(database, agency.id, { scopes: ['clients:read', 'delivery:write'] });
    expect(await get('/v1/me', key)).toMatchObject({
      status: 200,
      body: { kind: 'apiKey', name: 'Test key', scopes: ['clients:read', 'delivery:write'], accounts: [{ id: agency.id, kind: 'agency' }] },
    });
  });

  test('may be a direct account', async () => {
    const direct = await newDirectAccount(database);
    expect(await get('/v1/me', direct.key)).toMatchObject({ body: { accounts: [{ id: direct.id, kind: 'direct' }] } });
  });

  test('may be the platform operator, who has no account', async () => {
    expect(await get('/v1/me', api.operatorKey)).toMatchObject({ status: 200, body: { kind: 'operator', scopes: [], accounts: [] } });
  });

  test('never sees a key or its hash', async () => {
    const agency = await newTenant(api);
    const { text } = await get('/v1/me', agency.key);
    expect(text).not.toContain(agency.key);
    expect(text).not.toContain('hash');
  });
});

describe('an agency workspace', () => {
  test('shows plan state, allowances, projects and shared reports', async () => {
    const agency = await newTenant(api, { clientLimit: 2, overageClients: 1, whiteLabel: true });
    const { clientId } = await activeClient(database, agency.id);
    const projectId = await openProject(database, agency.id, { clientId });
    await openProject(database, agency.id);
    await share(database, { agencyId: agency.id, projectId }, clientId);
    const workspace = (await agency.get()).as(agencySchema);
    expect(workspace).toMatchObject({
      id: agency.id,
      plan: { state: 'active', eligible: true, whiteLabel: true },
      clients: { used: 1, limit: 3, overLimit: false },
      scans: { used: 0, limit: 50 },
      projects: 2,
      unassignedProjects: 1,
      sharedReports: 1,
    });
    expect(Date.parse(workspace.scans.periodEnd)).toBeGreaterThan(Date.now());
    expect((await get('/v1/agencies', agency.key)).as(workspaces).items).toEqual([workspace]);
  });

  test('whose plan shrank below its clients keeps them all and shows over limit', async () => {
    const agency = await newTenant(api, { clientLimit: 2 });
    for (const _ of [1, 2]) await activeClient(database, agency.id);
    await changePlan(database, agency.id, { clientLimit: 1, state: 'past_due' });
    expect((await agency.get()).as(agencySchema)).toMatchObject({
      plan: { state: 'past_due', eligible: false },
      clients: { used: 2, limit: 1, overLimit: true },
    });
  });

  test('is not there for a direct account, whose list is empty', async () => {
    const direct = await newDirectAccount(database);
    expect((await get('/v1/agencies', direct.key)).as(workspaces).items).toEqual([]);
    expect(await get(`/v1/agencies/${direct.id}`, direct.key)).toMatchObject(refusal('AGENCY_ACCOUNT_REQUIRED'));
  });

  test('is found by its id in capital letters too', async () => {
    const agency = await newTenant(api);
    expect(await get(`/v1/agencies/${agency.id.toUpperCase()}`, agency.key)).toMatchObject({ status: 200, body: { id: agency.id } });
  });
});
