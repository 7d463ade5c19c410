import { describe, expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { moveProject } from '../../activities/move-project.ts';
import { createPageMemory, type RememberedPage } from '../../api/surfaces/page-memory.ts';
import { anotherApi, initOf, testApi } from '../harness/api.ts';
import { newAgencyId, newClientId, newProjectId } from '../harness/ids.ts';
import { inTime } from '../harness/in-time.ts';
import { tester } from '../harness/onboarding-input.ts';
import { reportInput } from '../harness/project.ts';
import { readyProject, shareProject, visit } from '../harness/shared-project.ts';
import { recordStatements } from '../harness/statements.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;
const recorded = recordStatements(database.api);
/** Another process, which is told of changes by the database alone. */
const other = await anotherApi(api, { db: recorded.db });

async function remembered() {
  const project = await readyProject(api, { terms: { whiteLabel: true } });
  const links = await shareProject(project);
  await until('the page is remembered', async () => (await recorded.during(() => visit(other, links.public))).length === 0);
  return { project, page: links.public };
}

describe('a page that is remembered', () => {
  test('asks the database for nothing, and is counted all the same', async () => {
    const { page } = await remembered();
    const { status, headers, text } = await visit(other, page);
    expect(status).toBe(200);
    expect(text).toContain('Website risk report');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each<[string, (of: Awaited<ReturnType<typeof remembered>>) => Promise<unknown>]>([
    ['its sharing is switched off', ({ project }) => project.tenant.put(project.path, { enabled: false })],
    ['its links are replaced', ({ project }) => project.tenant.post(`${project.path}/rotate`)],
    [
      'its project is moved away, by nobody that this process knows of',
      ({ project }) => moveProject(database.worker, { agencyId: project.tenant.id, projectId: project.projectId, clientId: null, actor: tester }),
    ],
  ])('is forgotten when %s', async (_, act) => {
    const of = await remembered();
    await act(of);
    await until('the link is gone', async () => (await visit(other, of.page)).status === 410, { timeoutMs: 2_000 });
  });

  test('is made anew when its report or its brand changes', async () => {
    const { project, page } = await remembered();
    const { tenant, projectId } = project;
    await tenant.put('/brand', { reportBrand: 'Another brand' });
    await until('the brand is the new one', async () => (await visit(other, page)).text.includes('Another brand'), { timeoutMs: 2_000 });
    await deliverReport(
      database.worker,
      reportInput({ agencyId: tenant.id, projectId }, { title: 'The next report', at: new Date(Date.now() + 1).toISOString() }),
    );
    await until('the report is the next one', async () => (await visit(other, page)).text.includes('The next report'), { timeoutMs: 2_000 });
  });

  test('is over when its link is, whatever is remembered', async () => {
    const { page, end } = await inTime(async (pace) => {
      const { project, page } = await remembered();
      const end = Date.now() + 1_500 * pace;
      await project.tenant.put(project.path, { enabled: true, expiresAt: new Date(end).toISOString() });
      const seen = [await visit(other, page), await visit(other, page)];
      if (Date.now() >= end) return undefined;
      expect(seen).toMatchObject([{ status: 200 }, { status: 200 }]);
      return { page, end };
    });
    await until('its time has come', () => Date.now() > end);
    expect((await visit(other, page)).status).toBe(410);
  });

  test('is not remembered where a change of it may have gone unheard while it was made', async () => {
    const memory = createPageMemory(() => true);
    const viewed = { agencyId: newAgencyId(), projectId: newProjectId(), clientId: newClientId() };
    const page = (html: string): RememberedPage => ({ agencyId: viewed.agencyId, html, contentSecurityPolicy: '', viewed, expiresAt: null });
    await memory.find('token', async () => {
      memory.onGap();
      return page('as it was');
    });
    expect(await memory.find('token', async () => page('as it is'))).toMatchObject({ html: 'as it is' });
    expect(await memory.find('token', async () => page('made again'))).toMatchObject({ html: 'as it is' });
  });

  test("stays when another agency's changes, and when its own is only looked at", async () => {
    const [one, another] = [await remembered(), await remembered()];
    const { id, key } = one.project.tenant;
    const path = `/v1/agencies/${id}`;
    expect((await other.app.request(path, initOf({ method: 'HEAD', path, key }))).status).toBe(200);
    await another.project.tenant.put(another.project.path, { enabled: false });
    await until('the other link is gone', async () => (await visit(other, another.page)).status === 410);
    expect(await recorded.during(() => visit(other, one.page))).toEqual([]);
  });
});
