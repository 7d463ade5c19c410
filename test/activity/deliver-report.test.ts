import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { readProject } from '../../db/read/project.ts';
import { readInTenant } from '../../db/tenant.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newProjectId } from '../harness/ids.ts';
import { createAccountInput, tester } from '../harness/onboarding-input.ts';
import { gates, openProject, type ProjectOf, reportInput } from '../harness/project.ts';
import { events } from '../harness/written.ts';

const database = await testDatabase();

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();
const badge = ({ agencyId, projectId }: ProjectOf) =>
  readInTenant(database.api, { agencyId }, async (reader) => (await readProject(reader, agencyId, projectId))?.badges.report.value);

async function project(): Promise<ProjectOf> {
  const agencyId = await openAgency(database);
  return { agencyId, projectId: await openProject(database, agencyId) };
}
const storedReport = ({ agencyId, projectId }: ProjectOf) =>
  database.admin.selectFrom('reports').selectAll().where('agency_id', '=', agencyId).where('project_id', '=', projectId).executeTakeFirst();

test("becomes the project's report, and its badge follows from the gates", async () => {
  const of = await project();
  expect(await badge(of)).toBe('no_report');
  const finding = {
    severity: 'high' as const,
    category: 'TLS',
    title: 'Old cipher',
    affectedUrl: 'https://site.example/',
    evidence: 'RC4',
    recommendation: 'Turn it off.',
  };
  const report = reportInput(of, { gates: gates({ evidence: 'missing' }), findings: [finding], at: at(1) });

  expect(await deliverReport(database.worker, report)).toEqual({ outcome: 'delivered', waitingWorkflowIds: [] });
  expect(await storedReport(of)).toMatchObject({ title: report.title, risk_score: 42, pages_scanned: 12, findings: [finding], at: new Date(at(1)) });
  expect(await badge(of)).toBe('missing_evidence');
  expect(await events(database, of.agencyId, 'report.delivered')).toMatchObject([
    { project_id: of.projectId, actor: tester, after: { title: report.title, badge: 'missing_evidence', at: at(1) } },
  ]);
});

test('replaces the older one', async () => {
  const of = await project();
  await deliverReport(database.worker, reportInput(of, { gates: gates({ scope: 'blocked' }), at: at(1) }));
  expect(await badge(of)).toBe('publication_blocked');
  await deliverReport(database.worker, reportInput(of, { title: 'Second', at: at(2) }));
  expect(await badge(of)).toBe('ready_for_publish');
  expect(await storedReport(of)).toMatchObject({ title: 'Second' });
});

test('that comes again changes nothing and is told once', async () => {
  const of = await project();
  const report = reportInput(of, { at: at(1) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => deliverReport(database.worker, report)));
  expect(answers.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(1);
  expect(answers.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(9);
  expect(await events(database, of.agencyId, 'report.delivered')).toHaveLength(1);
});

test('that is older than the one known is left aside, blocked or not', async () => {
  const of = await project();
  await deliverReport(database.worker, reportInput(of, { title: 'New', at: at(5) }));
  expect(await deliverReport(database.worker, reportInput(of, { title: 'Old', gates: gates({ scope: 'blocked' }), at: at(4) }))).toEqual({
    outcome: 'unchanged',
  });
  expect(await storedReport(of)).toMatchObject({ title: 'New' });
  expect(await badge(of)).toBe('ready_for_publish');
});

test('ends as the newest of several, in whatever order and however many at once they come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 8 }), fc.boolean(), async (seconds, atOnce) => {
      const of = await project();
      const deliver = (second: number) => deliverReport(database.worker, reportInput(of, { title: `Report ${second}`, at: at(second) }));
      if (atOnce) await Promise.all(seconds.map(deliver));
      else for (const second of seconds) await deliver(second);
      expect(await storedReport(of)).toMatchObject({ title: `Report ${Math.max(...seconds)}` });
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

test("of another agency's project and of one that is not there are refused alike", async () => {
  const [of, stranger] = [await project(), await openAgency(database)];
  for (const projectId of [of.projectId, newProjectId()]) {
    expect(await deliverReport(database.worker, reportInput({ agencyId: stranger, projectId }))).toEqual({ outcome: 'refused', code: 'NOT_FOUND' });
  }
  expect(await badge(of)).toBe('no_report');
});

test("names the unfinished onboardings of the project's client", async () => {
  const agencyId = await openAgency(database);
  const client = await activeClient(database, agencyId);
  await activeClient(database, agencyId);
  const projectId = await openProject(database, agencyId, { clientId: client.clientId });
  expect(await deliverReport(database.worker, reportInput({ agencyId, projectId }))).toEqual({
    outcome: 'delivered',
    waitingWorkflowIds: [createAccountInput(client.input).workflowId],
  });
});
