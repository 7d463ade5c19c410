import { describe, expect, test } from 'vitest';
import { badgeValues, reportedBadgeFamilies } from '../../domain/badge.ts';
import { publicationGates } from '../../domain/report.ts';
import { changePlan } from '../harness/agency.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { gates, makeReady, openProject, share } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { events, sharingRow } from '../harness/written.ts';

const api = await testApi();
const { database } = api;

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 12, minute)).toISOString();

/** An agency with a project under an active client. */
async function assignedProject() {
  const agency = await newTenant(api);
  const { clientId } = await activeClient(database, agency.id);
  const projectId = await openProject(database, agency.id, { clientId });
  const project = `/projects/${projectId}`;
  return {
    agency,
    clientId,
    projectId,
    read: async () => (await agency.get(project)).as(answers.project),
    readiness: async () => (await agency.get(`${project}/readiness`)).as(answers.readiness),
    badge: (family: string, body: object) => agency.put(`${project}/badges/${family}`, body),
    report: (changes: object = {}) =>
      agency.put(`${project}/report`, {
        title: 'Risk report',
        domain: 'acme.example',
        riskScore: 42,
        pagesScanned: 12,
        findings: [],
        gates: gates(),
        at: at(0),
        ...changes,
      }),
  };
}

describe('a badge', () => {
  test.each(reportedBadgeFamilies)('of %s takes every value of the family, with its reason and time', async (family) => {
    const { badge } = await assignedProject();
    for (const [minute, value] of badgeValues[family].entries()) {
      const answer = await badge(family, { value, reason: ' because ', at: at(minute) });
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.as(answers.project).badges[family]).toEqual({ value, reason: 'because', at: at(minute) });
    }
  });

  test('that is older than the one known, or as old, is answered 200 and changes nothing', async () => {
    const { agency, badge, read } = await assignedProject();
    await badge('scan', { value: 'running', at: at(5) });
    const known = await read();
    for (const minute of [4, 5]) {
      const answer = await badge('scan', { value: 'completed', at: at(minute) });
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.as(answers.project)).toEqual(known);
    }
    expect(await events(database, agency.id, 'badge.reported')).toHaveLength(1);
    expect((await badge('scan', { value: 'completed', at: at(6) })).as(answers.project).badges.scan.value).toBe('completed');
  });

  test('is compared by the moment, whatever its time zone', async () => {
    const { badge } = await assignedProject();
    await badge('scan', { value: 'running', at: '2026-05-01T14:00:00+02:00' });
    const older = await badge('scan', { value: 'completed', at: '2026-05-01T12:59:00+01:00' });
    expect(older.as(answers.project).badges.scan).toMatchObject({ value: 'running', at: '2026-05-01T12:00:00.000Z' });
  });

  test('of one family leaves the others as they are', async () => {
    const { badge, read } = await assignedProject();
    const before = await read();
    await badge('fix', { value: 'in_progress', at: at(0) });
    expect((await read()).badges).toEqual({ ...before.badges, fix: { value: 'in_progress', reason: null, at: at(0) } });
  });

  test('with a value of another family is refused, naming the values it may have', async () => {
    const { badge } = await assignedProject();
    const refused = await badge('scan', { value: 'exported', at: at(0) });
    expect(refused).toMatchObject(refusal('VALIDATION_FAILED'));
    expect(refused.as(answers.problem).errors).toEqual([{ pointer: '/value', message: expect.stringContaining('completed') }]);
  });

  test('of the report cannot be set: the path leads nowhere', async () => {
    const { badge, read } = await assignedProject();
    expect(await badge('report', { value: 'published', at: at(0) })).toMatchObject(refusal('NOT_FOUND'));
    expect((await read()).badges.report.value).toBe('no_report');
  });

  test('is told in the history with who reported it', async () => {
    const { agency, projectId, clientId, badge } = await assignedProject();
    await badge('scan', { value: 'completed', at: at(0) });
    expect(await events(database, agency.id, 'badge.reported')).toMatchObject([
      { project_id: projectId, client_id: clientId, actor: { kind: 'apiKey' }, after: { family: 'scan', value: 'completed' } },
    ]);
  });
});

describe('a report', () => {
  test.each([
    ['ready_for_publish', gates(), null],
    ['missing_evidence', gates({ evidence: 'missing', scope: 'missing' }), 'evidence missing; scope missing'],
    ['publication_blocked', gates({ evidence: 'missing', redaction: 'blocked' }), 'redaction blocked'],
  ] as const)('gives the badge %s, which follows from its gates', async (value, given, reason) => {
    const { report } = await assignedProject();
    const answer = await report({ gates: given });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.as(answers.project).badges.report).toEqual({ value, reason, at: at(0) });
  });

  test.each(publicationGates)('is blocked by the gate %s alone, with its reason', async (gate) => {
    const { report, readiness } = await assignedProject();
    await report({ gates: { ...gates(), [gate]: { state: 'blocked', reason: 'a name is shown' } } });
    expect((await readiness()).blockers).toMatchObject([
      { code: 'SCAN_NOT_COMPLETED' },
      { code: 'REPORT_PUBLICATION_BLOCKED', message: expect.stringContaining('a name is shown') },
    ]);
  });

  test('that is older than the one known, or as old, changes nothing', async () => {
    const { agency, report, read } = await assignedProject();
    await report({ at: at(5), gates: gates({ scope: 'missing' }) });
    const known = await read();
    for (const minute of [4, 5]) expect((await report({ at: at(minute) })).as(answers.project)).toEqual(known);
    expect(await events(database, agency.id, 'report.delivered')).toHaveLength(1);
    expect((await report({ at: at(6) })).as(answers.project).badges.report.value).toBe('ready_for_publish');
  });

  test('is refused like a badge when it is of a time to come, which would hide what comes until then', async () => {
    const { badge, report, read } = await assignedProject();
    const known = await read();
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    for (const answer of [await badge('scan', { value: 'completed', at: inDays(1.1) }), await report({ at: inDays(1.1) })]) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/at' }] } });
    }
    expect(await read()).toEqual(known);
    // By clocks that differ, it is not.
    expect(await badge('scan', { value: 'completed', at: inDays(0.9) })).toMatchObject({ status: 200 });
  });

  test('that is blocked ends the sharing of the one before', async () => {
    const { agency, clientId, projectId, report } = await assignedProject();
    await report();
    await share(database, { agencyId: agency.id, projectId }, clientId);
    const blocked = await report({ at: at(1), gates: gates({ legalBoundary: 'blocked' }) });
    expect(blocked.as(answers.project)).toMatchObject({ sharing: { state: 'disabled' }, badges: { report: { value: 'publication_blocked' } } });
    expect(await sharingRow(database, agency.id, projectId)).toMatchObject({ token_hash: null });
  });

  test('of a thousand findings with evidence is taken, though other bodies of its size are not', async () => {
    const { report } = await assignedProject();
    const finding = {
      severity: 'high',
      category: 'TLS',
      title: 'No HSTS',
      affectedUrl: 'https://acme.example/',
      evidence: 'x'.repeat(1_500),
      recommendation: 'Send it.',
    };
    expect(await report({ findings: Array.from({ length: 1_000 }, () => finding) })).toMatchObject({ status: 200 });
  });
});

describe('readiness', () => {
  test('says ready, with warnings that do not block, once nothing is in the way', async () => {
    const { badge, report, readiness, read } = await assignedProject();
    await badge('scan', { value: 'completed', at: at(0) });
    await report();
    await badge('fix', { value: 'retest_failed', reason: 'twice', at: at(0) });
    await badge('handoff', { value: 'failed', at: at(0) });
    await badge('monitoring', { value: 'active', at: at(0) });
    const now = await readiness();
    expect(now).toEqual({
      ready: true,
      blockers: [],
      warnings: [
        { family: 'fix', value: 'retest_failed', reason: 'twice' },
        { family: 'handoff', value: 'failed', reason: null },
      ],
    });
    expect((await read()).readiness).toEqual(now);
  });

  test('names every blocker in the order in which a person would clear them', async () => {
    const agency = await newTenant(api);
    const projectId = await openProject(database, agency.id);
    await changePlan(database, agency.id, { state: 'past_due' });
    const { ready, blockers } = (await agency.get(`/projects/${projectId}/readiness`)).as(answers.readiness);
    expect(ready).toBe(false);
    expect(blockers.map(({ code }) => code)).toEqual(['NO_CLIENT_ACCOUNT', 'SCAN_NOT_COMPLETED', 'REPORT_NOT_READY', 'AGENCY_PLAN_INELIGIBLE']);
    for (const { nextAction } of blockers) expect(nextAction.label).toBeTruthy();
  });

  test('is lost with the plan and comes back with it', async () => {
    const { agency, projectId, readiness } = await assignedProject();
    await makeReady(database, { agencyId: agency.id, projectId });
    expect(await readiness()).toMatchObject({ ready: true });
    await changePlan(database, agency.id, { state: 'cancelled' });
    expect(await readiness()).toMatchObject({ ready: false, blockers: [{ code: 'AGENCY_PLAN_INELIGIBLE' }] });
    await changePlan(database, agency.id, { state: 'active' });
    expect(await readiness()).toMatchObject({ ready: true });
  });
});
