import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { moveProject } from '../../activities/move-project.ts';
import type { ClientDetails } from '../../domain/client.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import { defaultSharingPolicy, type SharingPolicy } from '../../domain/sharing-policy.ts';
import {
  recheckSignal,
  type ShareReportInput,
  searchAttributes,
  shareReportWorkflowId,
  shareUpdate,
  switchOffSharingUpdate,
} from '../../workflows/contract.ts';
import type { shareReport } from '../../workflows/share-report.ts';
import { openAgency } from '../harness/agency.ts';
import { anotherApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { startUntil } from '../harness/onboarding.ts';
import { onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { events, sharingRow } from '../harness/written.ts';

const stage = await openStage();
const { database, temporal, taskQueue, door } = stage;
const api = await anotherApi(stage);
door.open(api.app);

interface Project {
  agencyId: AgencyId;
  clientId: ClientId;
  projectId: ProjectId;
}

async function ready(client: Partial<ClientDetails> = {}): Promise<Project> {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId, client);
  const projectId = await openProject(database, agencyId, { clientId });
  await makeReady(database, { agencyId, projectId });
  return { agencyId, clientId, projectId };
}

type Sharing = WorkflowHandle<typeof shareReport>;

/** Shares without anybody waiting for it. */
async function startSharing({ agencyId, projectId }: Project, policy: Partial<SharingPolicy> = {}, expiresAt?: string): Promise<Sharing> {
  const input: ShareReportInput = {
    agencyId,
    projectId,
    begin: { actor: tester, requestId: randomUUID(), ...(expiresAt && { expiresAt }) },
    policy: { ...defaultSharingPolicy, ...policy },
  };
  return temporal.workflow.start<typeof shareReport>('shareReport', { workflowId: shareReportWorkflowId(agencyId, projectId), taskQueue, args: [input] });
}

const stateOf = async (workflow: Sharing) => (await workflow.describe()).typedSearchAttributes.get(searchAttributes.state);
const entered = (workflow: Sharing, state: string) => until(`the sharing is ${state}`, async () => (await stateOf(workflow)) === state);
const row = ({ agencyId, projectId }: Project) => sharingRow(database, agencyId, projectId);
const share = ({ agencyId, projectId }: Project) => stage.gateway.share({ agencyId, projectId, actor: tester, requestId: randomUUID() });

describe('a sharing', () => {
  test('takes its steps in order: verify and make links, look as an outsider, give them', async () => {
    const project = await ready();
    const workflow = await startSharing(project);
    await entered(workflow, 'shared');
    expect(activitiesIn(await historyOf(workflow))).toEqual(['openSharing', 'checkAsOutsider', 'switchOnSharing', 'lookAtSharing']);
    expect(await row(project)).toMatchObject({ state: 'shared', client_id: project.clientId, workflow_id: workflow.workflowId });
  });

  test('is seen by its state, its client and what blocks it', async () => {
    const project = await ready();
    const workflow = await startSharing(project);
    await entered(workflow, 'shared');
    const { typedSearchAttributes } = await workflow.describe();
    expect(typedSearchAttributes.get(searchAttributes.client)).toBe(project.clientId);
    const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toMatch(/\*\*Shared\*\* since .* UTC\n\nThe links have no end. Nobody has opened them yet./);

    const blocked = { ...project, projectId: await openProject(database, project.agencyId, { clientId: project.clientId }) };
    const refused = await startSharing(blocked);
    expect(await refused.result()).toEqual({ state: 'private' });
    expect((await refused.describe()).typedSearchAttributes.get(searchAttributes.blockers)).toEqual(['SCAN_NOT_COMPLETED', 'REPORT_NOT_READY']);
  });

  test('that was ended without its being told finds that by itself', async () => {
    const project = await ready();
    const workflow = await startSharing(project, { recheckMs: 200 });
    await entered(workflow, 'shared');
    await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId: null, actor: tester });
    expect(await workflow.result()).toEqual({ state: 'disabled' });
  });

  test('that is told looks at once', async () => {
    const project = await ready();
    const workflow = await startSharing(project);
    await entered(workflow, 'shared');
    await moveProject(database.worker, { agencyId: project.agencyId, projectId: project.projectId, clientId: null, actor: tester });
    await workflow.signal(recheckSignal, { because: 'it was moved' });
    expect(await workflow.result()).toEqual({ state: 'disabled' });
  });

  test('ends when its time has come, and writes it down once', async () => {
    const project = await ready();
    const workflow = await startSharing(project, {}, new Date(Date.now() + 2_500).toISOString());
    expect(await workflow.result()).toEqual({ state: 'expired' });
    expect(await events(database, project.agencyId, 'sharing.expired')).toHaveLength(1);
    expect(await row(project)).toMatchObject({ state: 'expired', token_hash: null, sealed_token: null });
  });

  test('that operations cancel is switched off', async () => {
    const project = await ready();
    const workflow = await startSharing(project);
    await entered(workflow, 'shared');
    await workflow.cancel();
    expect(await workflow.result()).toEqual({ state: 'disabled' });
    expect(await events(database, project.agencyId, 'sharing.ended')).toMatchObject([{ actor: { kind: 'system', label: 'Temporal' } }]);
  });

  test('begins at the top after a reset, and makes no other links', async () => {
    const project = await ready();
    const workflow = await startSharing(project);
    await entered(workflow, 'shared');
    const before = await row(project);
    const { runId } = await workflow.describe();
    const firstTask = (await historyOf(workflow)).find((event) => event.workflowTaskCompletedEventAttributes);
    await temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflow.workflowId, runId },
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
      requestId: randomUUID(),
    });
    await until('the new run tends it', async () => (await workflow.describe()).runId !== runId && (await stateOf(workflow)) === 'shared');
    expect(await row(project)).toEqual(before);
    expect(await events(database, project.agencyId, 'sharing.started')).toHaveLength(1);
  });

  test('that commands reach from all sides takes them in turn', async () => {
    const project = await ready();
    const request = () => ({ agencyId: project.agencyId, projectId: project.projectId, actor: tester, requestId: randomUUID() });
    const { gateway } = stage;
    const all = [
      gateway.share(request()),
      gateway.switchOffSharing(request()),
      gateway.share(request()),
      gateway.rotateSharing(request()),
      gateway.share(request()),
    ];
    for (const answer of await Promise.all(all)) expect(['shared', 'off', 'refused']).toContain(answer.outcome);
    const { state, token_hash } = (await row(project)) ?? {};
    expect(state === 'shared').toBe(token_hash !== null);
    const living = await database.admin
      .selectFrom('share_tokens')
      .select('hash')
      .where('project_id', '=', project.projectId)
      .where('retired_at', 'is', null)
      .execute();
    expect(living).toHaveLength(state === 'shared' ? 2 : 0);
  });
});

test('a report is shared though others of its client are, while its portal is looked at', async () => {
  const project = await ready();
  const others = [
    await openProject(database, project.agencyId, { clientId: project.clientId }),
    await openProject(database, project.agencyId, { clientId: project.clientId }),
  ];
  for (const projectId of others) await makeReady(database, { agencyId: project.agencyId, projectId });
  let looking = true;
  door.open({
    fetch: async (request) => {
      const projectId = looking && new URL(request.url).pathname.startsWith('/client-portal/') && others.pop();
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

describe('a reminder that nobody has opened the links', () => {
  test('comes once, when its time has come', async () => {
    const project = await ready();
    const workflow = await startSharing(project, { remindAfterMs: 200, recheckMs: 300 });
    await until('it has reminded', async () => (await events(database, project.agencyId, 'sharing.not_opened')).length === 1);
    await until('it has looked again twice', async () => activitiesIn(await historyOf(workflow)).filter((name) => name === 'lookAtSharing').length > 3);
    expect(await events(database, project.agencyId, 'sharing.not_opened')).toHaveLength(1);
  });

  test('does not come where somebody has', async () => {
    const project = await ready();
    const workflow = await startSharing(project, { remindAfterMs: 700, recheckMs: 300 });
    await entered(workflow, 'shared');
    const { sealed_token: sealed } = (await row(project)) ?? {};
    if (!sealed) throw new Error('there is no link');
    await api.app.request(`/r/${stage.secrets.open(sealed)}`, { headers: { 'user-agent': 'Firefox' } });
    await until('it has looked three times', async () => activitiesIn(await historyOf(workflow)).filter((name) => name === 'lookAtSharing').length > 3);
    expect(await events(database, project.agencyId, 'sharing.not_opened')).toEqual([]);
  });
});

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
    const project = await ready({ contactEmail: 'ops@client.example', notes: 'Pays late,\n& argues' });
    await activeClient(database, project.agencyId, { name: 'Birch Ltd' });
    const answer = await spoiling(spoil, () => share(project));
    expect(answer).toMatchObject({ outcome: 'refused', blocker: { code: 'TEMPORARILY_UNAVAILABLE', reason: expect.stringContaining(fault) } });
    expect(await row(project)).toMatchObject({ state: 'private', token_hash: null, sealed_token: null });
    expect(await events(database, project.agencyId, 'sharing.check_failed')).toMatchObject([{ after: { faults: expect.arrayContaining([fault]) } }]);
    expect(await events(database, project.agencyId, 'sharing.started', 'sharing.ended')).toEqual([]);
    expect(await stateOf(temporal.workflow.getHandle(shareReportWorkflowId(project.agencyId, project.projectId)))).toBe('needs_attention');
    expect(JSON.stringify(await events(database, project.agencyId, 'sharing.check_failed'))).not.toMatch(/ops@client|billing@|argues|birch/i);
    // The next one, with the page as it should be, goes well.
    expect(await share(project)).toEqual({ outcome: 'shared' });
  });

  test('because it cannot be reached is given up in time, and waited for where nobody waits for the answer', async () => {
    const away = () => new Response('', { status: 503 });
    const project = await ready();
    const impatient = await spoiling(away, async () => {
      const hurried = await startSharing(project, { checkWithinMs: 800 });
      expect(await hurried.result()).toEqual({ state: 'private' });
      return hurried;
    });
    expect(await stateOf(impatient)).toBe('refused');
    expect(await events(database, project.agencyId, 'sharing.check_failed')).toMatchObject([{ after: { faults: ['it could not be reached'] } }]);

    const patient = await ready();
    const workflow = await spoiling(away, async () => {
      const waiting = await startSharing(patient, { checkWithinMs: 60_000 });
      await until('it has tried twice', async () => (await waiting.describe()).raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1));
      return waiting;
    });
    await entered(workflow, 'shared');
  });

  test('while a link is being replaced, ends the sharing: the old link is gone whatever happens', async () => {
    const project = await ready();
    await share(project);
    const request = { agencyId: project.agencyId, projectId: project.projectId, actor: tester, requestId: randomUUID() };
    const answer = await spoiling(
      () => new Response('nothing', { status: 404 }),
      () => stage.gateway.rotateSharing(request),
    );
    expect(answer.outcome).toBe('refused');
    expect(await row(project)).toMatchObject({ state: 'disabled', token_hash: null });
    await entered(temporal.workflow.getHandle(shareReportWorkflowId(project.agencyId, project.projectId)), 'needs_attention');
    expect(await events(database, project.agencyId, 'sharing.ended')).toMatchObject([{ after: { because: 'check_failed' } }]);
  });
});

test('a project that moves while its page is looked at is not shared, neither with the one client nor with the other', async () => {
  const project = await ready();
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

describe('share when ready', () => {
  test('asked for with the onboarding, it happens by itself once nothing is in the way', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly, shareWhenReady: true }));
    expect(await sharingRow(database, agencyId, projectId)).toBeUndefined();
    await makeReady(database, { agencyId, projectId });
    await onboarding.workflow.signal(recheckSignal, { because: 'the report is there' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    await until('it is shared', async () => (await sharingRow(database, agencyId, projectId))?.state === 'shared');
    expect(await events(database, agencyId, 'sharing.started')).toMatchObject([{ actor: tester, client_id: onboarding.clientId }]);
  });

  test('does not happen where nobody asked', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    await makeReady(database, { agencyId, projectId });
    const { workflow } = await startUntil(stage, 'ready_to_share', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
    await workflow.result();
    const { events: history } = await workflow.fetchHistory();
    expect(history?.some((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toBe(false);
    expect(await sharingRow(database, agencyId, projectId)).toBeUndefined();
  });

  test('finds a sharing that somebody was quicker to begin, and leaves it', async () => {
    const agencyId = await openAgency(database);
    const projectId = await openProject(database, agencyId);
    const onboarding = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly, shareWhenReady: true }));
    await makeReady(database, { agencyId, projectId });
    const { clientId } = onboarding;
    expect(await share({ agencyId, projectId, clientId })).toEqual({ outcome: 'shared' });
    const before = await sharingRow(database, agencyId, projectId);
    await onboarding.workflow.signal(recheckSignal, { because: 'the report is there' });
    expect(await onboarding.workflow.result()).toMatchObject({ state: 'ready_to_share' });
    expect(await sharingRow(database, agencyId, projectId)).toEqual(before);
  });
});

test('an update to a sharing that has ended is taken by the next one', async () => {
  const project = await ready();
  const workflow = await startSharing(project);
  await entered(workflow, 'shared');
  await workflow.executeUpdate(switchOffSharingUpdate, { args: [{ actor: tester }] });
  await workflow.result();
  await expect(workflow.executeUpdate(shareUpdate, { args: [{ actor: tester, requestId: randomUUID() }] })).rejects.toThrow();
  expect(await share(project)).toEqual({ outcome: 'shared' });
});
