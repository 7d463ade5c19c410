import { describe, expect, test } from 'vitest';
import { moveProject } from '../../activities/move-project.ts';
import { shareReportWorkflowId } from '../../workflows/contract.ts';
import type { shareReport } from '../../workflows/share-report.ts';
import { anotherApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { inTime, twiceMs } from '../harness/in-time.ts';
import { statusPage } from '../harness/onboarding.ts';
import { tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject, type ProjectOf } from '../harness/project.ts';
import { readyToShare, sharingBlockers, sharingIs, sharingRequest, sharingState, startSharing } from '../harness/share-report.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { events, sharingRow } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal, door } = stage;
const api = await anotherApi(stage);
door.open(api.app);

const row = ({ agencyId, projectId }: ProjectOf) => sharingRow(database, agencyId, projectId);
const isPortal = ({ url }: Request) => new URL(url).pathname.startsWith('/client-portal/');
const share = (project: ProjectOf) => stage.gateway.share(sharingRequest(project));

describe('a page that is not as it should be', () => {
  /** What an outsider gets instead of the page. */
  async function spoiling<T>(spoil: (page: Response, path: string) => Response | Promise<Response>, work: () => Promise<T>): Promise<T> {
    door.open({ fetch: async (request) => spoil(await api.app.fetch(request), new URL(request.url).pathname) });
    try {
      return await work();
    } finally {
      door.open(api.app);
    }
  }
  const rewritten =
    (rewrite: (html: string) => string, headers: Record<string, string> = {}) =>
    async (page: Response) =>
      new Response(rewrite(await page.text()), { status: page.status, headers: { ...Object.fromEntries(page.headers), ...headers } });
  /** Spoils one of the forms, and leaves the others. */
  const only = (form: RegExp, spoil: (page: Response) => Response | Promise<Response>) => (page: Response, path: string) =>
    form.test(path) ? spoil(page) : page;
  const saying = (text: string) => rewritten((html) => html.replace('</main>', `<p>${text}</p></main>`));

  test.each<[string, (page: Response, path: string) => Response | Promise<Response>, string]>([
    ['shows something private', only(/^.r.[^/]+$/, saying('ops@client.example')), 'the page shows text that is not of the report'],
    [
      'hides something private in its source',
      only(
        /print$/,
        rewritten((html) => html.replace('<main>', '<main data-note="ops@client.example">')),
      ),
      'the page for printing shows text that is not of the report',
    ],
    ['shows another report', rewritten((html) => html.replaceAll('Website risk report', 'Quite another report')), 'the portal does not show the title'],
    ['leaves out the domain', rewritten((html) => html.replaceAll('site.example', '')), 'the page does not show the domain'],
    ['is under another brand', rewritten((html) => html.replaceAll(/Agency [\w-]{36}/g, 'Somebody')), 'the page for printing does not show the brand'],
    [
      'loads a picture from elsewhere',
      only(
        /portal/,
        rewritten((html) => html.replace('</main>', '<img src="https://tracker.example/1.gif" alt=""></main>')),
      ),
      'the portal leads where it should not',
    ],
    [
      'leads to a report of somebody else',
      only(
        /portal/,
        rewritten((html) => html.replaceAll(/\/r\/[\w-]{43}/g, `/r/${'x'.repeat(43)}`)),
      ),
      'the portal does not lead where it should',
    ],
    ['sets a cookie', rewritten((html) => html, { 'set-cookie': 'seen=1' }), 'the PDF sets a cookie'],
    ['may be listed', rewritten((html) => html, { 'x-robots-tag': 'all' }), 'the page may be listed by search engines'],
    ['is not there', () => new Response('nothing', { status: 404 }), 'the portal answers 404'],
    [
      'is another file',
      only(/pdf$/, async (file) => new Response(Buffer.concat([await file.bytes(), Buffer.from('% a note')]), file)),
      'the PDF is not what report and brand make',
    ],
    ['is no file', only(/pdf$/, () => new Response('%PDF-', { headers: { 'x-robots-tag': 'noindex' } })), 'the PDF is not what report and brand make'],
    ['says whom to bill', saying('To be paid by billing@agency.example'), 'the portal shows text that is not of the report'],
    ['says what the agency keeps to itself', saying('Pays late, &amp; argues'), 'among what is shown is the notes'],
    ['says who else is a client', only(/print$/, saying('Also for BIRCH LTD')), "among what is shown is another client's name"],
  ])('because it %s is given to nobody', async (_, spoil, fault) => {
    const project = await readyToShare(database, { contactEmail: 'ops@client.example', notes: 'Pays late,\n& argues' });
    await activeClient(database, project.agencyId, { name: 'Birch Ltd' });
    const answer = await spoiling(spoil, () => share(project));
    expect(answer).toMatchObject({ outcome: 'refused', blocker: { code: 'TEMPORARILY_UNAVAILABLE', reason: expect.stringContaining(fault) } });
    expect(await row(project)).toMatchObject({ state: 'private', token_hash: null, sealed_token: null });
    expect(await events(database, project.agencyId, 'sharing.check_failed')).toMatchObject([{ after: { faults: expect.arrayContaining([fault]) } }]);
    expect(await events(database, project.agencyId, 'sharing.started', 'sharing.ended')).toEqual([]);
    expect(await sharingState(temporal.workflow.getHandle(shareReportWorkflowId(project.agencyId, project.projectId)))).toBe('needs_attention');
    expect(JSON.stringify(await events(database, project.agencyId, 'sharing.check_failed'))).not.toMatch(/ops@client|billing@|argues|birch/i);
  });

  test.each([503, 429])('because it cannot be reached (%i) is given up in time, and waited for where nobody waits for the answer', async (status) => {
    const away = () => new Response('', { status });
    const project = await readyToShare(database);
    const impatient = await spoiling(away, async () => {
      const hurried = await startSharing(stage, project, { checkWithinMs: 800 });
      expect(await hurried.result()).toEqual({ state: 'private' });
      return hurried;
    });
    expect(await sharingState(impatient)).toBe('refused');
    expect(await events(database, project.agencyId, 'sharing.check_failed')).toMatchObject([{ after: { faults: ['it could not be reached'] } }]);

    const patient = await readyToShare(database);
    const workflow = await spoiling(away, async () => {
      const waiting = await startSharing(stage, patient, { checkWithinMs: 60_000 });
      await until('it has tried twice', async () => (await waiting.describe()).raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1));
      return waiting;
    });
    await sharingIs(workflow, 'shared');
  });

  test('while a link is being replaced, ends the sharing: the old link is gone whatever happens', async () => {
    const project = await readyToShare(database);
    await share(project);
    const answer = await spoiling(
      () => new Response('nothing', { status: 404 }),
      () => stage.gateway.rotateSharing(sharingRequest(project)),
    );
    expect(answer.outcome).toBe('refused');
    expect(await row(project)).toMatchObject({ state: 'disabled', token_hash: null });
    const ended = temporal.workflow.getHandle<typeof shareReport>(shareReportWorkflowId(project.agencyId, project.projectId));
    expect(await ended.result()).toEqual({ state: 'disabled' });
    await sharingIs(ended, 'needs_attention');
    expect(await sharingBlockers(ended)).toEqual(['TEMPORARILY_UNAVAILABLE']);
    expect(await statusPage(ended)).toMatch(/operations must look.*the shared page is not as it should be: .*the portal answers 404/s);
    expect(await events(database, project.agencyId, 'sharing.ended')).toMatchObject([{ after: { because: 'check_failed' } }]);
    // The next one, with the page as it should be, goes well.
    expect(await share(project)).toEqual({ outcome: 'shared' });
  });
});

test('a project that moves while its page is looked at is not shared, neither with the one client nor with the other', async () => {
  const project = await readyToShare(database);
  const { clientId } = await activeClient(database, project.agencyId);
  door.open({
    fetch: async (request) => {
      const page = await api.app.fetch(request);
      await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId, actor: tester });
      return page;
    },
  });
  const answer = await share(project).finally(() => door.open(api.app));
  expect(answer).toMatchObject({ outcome: 'refused', blocker: { code: 'VERSION_CONFLICT' } });
  expect(await row(project)).toMatchObject({ state: 'private', token_hash: null });
});

test('links whose end comes while their page is looked at are given to nobody, and are over where they had been', { timeout: twiceMs }, async () => {
  const { fresh, replaced, before, answers } = await inTime(async (pace) => {
    const [fresh, replaced] = [await readyToShare(database), await readyToShare(database)];
    const end = Date.now() + 3_000 * pace;
    const expiresAt = new Date(end).toISOString();
    const before = await stage.gateway.share({ ...sharingRequest(replaced), expiresAt });
    let looking = 0;
    door.open({
      fetch: async (request) => {
        if (Date.now() < end && isPortal(request)) looking += 1;
        await until('the end has come', () => Date.now() > end);
        return api.app.fetch(request);
      },
    });
    const asked = Promise.all([stage.gateway.share({ ...sharingRequest(fresh), expiresAt }), stage.gateway.rotateSharing(sharingRequest(replaced))]);
    const answers = await asked.finally(() => door.open(api.app));
    return looking === 2 ? { fresh, replaced, before, answers } : undefined;
  });
  expect(before).toEqual({ outcome: 'shared' });
  for (const answer of answers) expect(answer).toMatchObject({ outcome: 'refused', blocker: { code: 'SHARE_EXPIRED' } });
  expect(await row(fresh)).toMatchObject({ state: 'private', token_hash: null, sealed_token: null });
  expect(await row(replaced)).toMatchObject({ state: 'expired', token_hash: null, sealed_token: null });
  expect(await events(database, fresh.agencyId, 'sharing.started', 'sharing.expired', 'sharing.check_failed')).toEqual([]);
  expect(await events(database, replaced.agencyId, 'sharing.expired', 'sharing.check_failed')).toMatchObject([{ kind: 'sharing.expired' }]);
  await sharingIs(temporal.workflow.getHandle(shareReportWorkflowId(fresh.agencyId, fresh.projectId)), 'refused');
});

test('a report is shared though others of its client are, while its portal is looked at', async () => {
  const project = await readyToShare(database);
  const others = [
    await openProject(database, project.agencyId, { clientId: project.clientId }),
    await openProject(database, project.agencyId, { clientId: project.clientId }),
  ];
  for (const projectId of others) await makeReady(database, { agencyId: project.agencyId, projectId });
  let looking = true;
  door.open({
    fetch: async (request) => {
      const projectId = looking && isPortal(request) && others.pop();
      if (projectId) {
        looking = false;
        expect(await share({ ...project, projectId })).toEqual({ outcome: 'shared' });
        looking = true;
      }
      return api.app.fetch(request);
    },
  });
  expect(await share(project).finally(() => door.open(api.app))).toEqual({ outcome: 'shared' });
  expect(others.length, 'its portal was looked at').toBeLessThan(2);
});
