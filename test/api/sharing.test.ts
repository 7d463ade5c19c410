import { describe, expect, test } from 'vitest';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { newTenant, type Tenant } from '../harness/tenant.ts';

const api = await testApi();
const { database } = api;

/** A project of a client whose report may be shared. */
async function readyProject(agency?: Tenant) {
  const tenant = agency ?? (await newTenant(api));
  const { clientId } = await activeClient(database, tenant.id);
  const projectId = await openProject(database, tenant.id, { clientId });
  await makeReady(database, { agencyId: tenant.id, projectId });
  return { tenant, clientId, projectId, path: `/projects/${projectId}/sharing` };
}

const open = (url: string, headers: Record<string, string> = {}) => api.app.request(new URL(url).pathname, { headers });
const statusOf = async (url: string) => (await open(url)).status;

describe('sharing a report', () => {
  test('gives four links, and the page shows the report', async () => {
    const { tenant, path } = await readyProject();
    const shared = await tenant.put(path, { enabled: true });
    expect(shared.status, shared.text).toBe(200);
    const { state, links, expiresAt, views } = shared.as(answers.sharing);
    expect({ state, expiresAt, views }).toEqual({ state: 'shared', expiresAt: null, views: 0 });
    for (const link of Object.values(links ?? {})) expect(await statusOf(link), link).toBe(200);
    expect(await (await open(links?.public ?? '')).text()).toContain('Website risk report');
  });

  test('is refused while the project has no client', async () => {
    const tenant = await newTenant(api);
    const projectId = await openProject(database, tenant.id);
    expect(await tenant.put(`/projects/${projectId}/sharing`, { enabled: true })).toMatchObject(refusal('NO_CLIENT_ACCOUNT'));
  });
});
