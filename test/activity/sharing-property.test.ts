import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveClient } from '../../activities/archive-client.ts';
import { deliverReport } from '../../activities/deliver-report.ts';
import type { ActivityDeps } from '../../activities/index.ts';
import { moveProject } from '../../activities/move-project.ts';
import { openSharing } from '../../activities/open-sharing.ts';
import { restoreClient } from '../../activities/restore-client.ts';
import { rotateSharing } from '../../activities/rotate-sharing.ts';
import { switchOffSharing } from '../../activities/switch-off-sharing.ts';
import { switchOnSharing } from '../../activities/switch-on-sharing.ts';
import { readClientPortal } from '../../db/read/client-portal.ts';
import { readSharedReport } from '../../db/read/shared-report.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { readInTenant } from '../../db/tenant.ts';
import { hashToken } from '../../db/token-hash.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { GateState } from '../../domain/report.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { tester } from '../harness/onboarding-input.ts';
import { gates, makeReady, openProject, reportInput } from '../harness/project.ts';

/** `FOYER_SHARING_SEQUENCES=1000 npx vitest run --project activity test/activity/sharing-property.test.ts` plays more of them. */
const sequences = Number(process.env['FOYER_SHARING_SEQUENCES'] ?? 25);
const clientCount = 3;
const projectCount = 3;

const database = await testDatabase();
const secrets = createSecretBox(randomBytes(32));
const deps: Pick<ActivityDeps, 'db' | 'secrets'> = { db: database.worker, secrets };

const which = fc.nat({ max: projectCount - 1 });
const whom = fc.nat({ max: clientCount - 1 });
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('share' as const), which }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('rotate' as const), which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('switch off' as const), which }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('move' as const), which, to: fc.option(whom, { freq: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('archive' as const), whom }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restore' as const), whom }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('report' as const), which, gate: fc.constantFrom<GateState>('passed', 'passed', 'missing', 'blocked') }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** What actors do at the same time, one round after another. */
const play = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 7 });

/** A token as it was minted: for which client, and of which project. */
interface Minted {
  kind: 'report' | 'portal';
  token: string;
  clientId: ClientId;
  projectId: ProjectId;
  /** Once it opens nothing it never opens anything again. */
  ended: boolean;
}

interface World {
  agencyId: AgencyId;
  clients: ClientId[];
  projects: ProjectId[];
  minted: Minted[];
}

async function newWorld(): Promise<World> {
  const agencyId = await openAgency(database);
  const clients = await Promise.all(Array.from({ length: clientCount }, async () => (await activeClient(database, agencyId)).clientId));
  const projects = await Promise.all(
    clients.map(async (clientId) => {
      const projectId = await openProject(database, agencyId, { clientId });
      await makeReady(database, { agencyId, projectId });
      return projectId;
    }),
  );
  return { agencyId, clients, projects, minted: [] };
}

function at<T>(list: T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error('there is no such one');
  return found;
}

/** As the workflow does it, but for the look at the page. */
async function give(world: World, projectId: ProjectId, made: { outcome: string; clientId?: ClientId }, requestId: string): Promise<void> {
  if (made.outcome !== 'made' || !made.clientId) return;
  const row = await database.admin
    .selectFrom('sharings')
    .select(['sealed_token', 'sealed_portal_token'])
    .where('project_id', '=', projectId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  const of = { clientId: made.clientId, projectId, ended: false };
  if (row?.sealed_token) world.minted.push({ ...of, kind: 'report', token: secrets.open(row.sealed_token) });
  if (row?.sealed_portal_token) world.minted.push({ ...of, kind: 'portal', token: secrets.open(row.sealed_portal_token) });
  await switchOnSharing(deps as ActivityDeps, { agencyId: world.agencyId, projectId, actor: tester, requestId });
}

async function perform(world: World, step: Act): Promise<void> {
  const { agencyId, clients, projects } = world;
  const by = { agencyId, actor: tester };
  const request = { requestId: randomUUID(), workflowId: `share-report/${randomUUID()}` };
  switch (step.what) {
    case 'share':
    case 'rotate': {
      const projectId = at(projects, step.which);
      const make = step.what === 'share' ? openSharing : rotateSharing;
      await give(world, projectId, await make(deps as ActivityDeps, { ...by, ...request, projectId }), request.requestId);
      return;
    }
    case 'switch off':
      await switchOffSharing(deps as ActivityDeps, { ...by, projectId: at(projects, step.which), faults: [] });
      return;
    case 'move':
      await moveProject(database.worker, { ...by, projectId: at(projects, step.which), clientId: step.to === null ? null : at(clients, step.to) });
      return;
    case 'archive':
      await archiveClient(database.worker, { ...by, clientId: at(clients, step.whom) });
      return;
    case 'restore':
      await restoreClient(database.worker, { ...by, clientId: at(clients, step.whom) });
      return;
    case 'report':
      await deliverReport(
        database.worker,
        reportInput({ agencyId, projectId: at(projects, step.which) }, { title: `Of ${at(projects, step.which)}`, gates: gates({ scope: step.gate }) }),
      );
  }
}

/** What a token opens, as the API sees it: nothing, or whose report. */
async function open({ kind, token }: Minted): Promise<{ clientId: ClientId; projectId?: ProjectId } | undefined> {
  const hash = hashToken(token);
  const opened = await readInTenant(database.api, { presentedTokenHash: hash }, async (reader) =>
    kind === 'report' ? readSharedReport(reader, hash) : readClientPortal(reader, hash),
  );
  if (opened === undefined) throw new Error('a token that was minted is as if it never was');
  return opened === 'ended' ? undefined : opened;
}

/** A token shows the report of the client it was minted for, or nothing; and once nothing, nothing for ever. */
async function hold(minted: Minted): Promise<void> {
  const { ended, kind, clientId, projectId } = minted;
  const opened = await open(minted);
  if (!opened) {
    minted.ended = true;
    return;
  }
  expect(ended, `a retired ${kind} token opens something again`).toBe(false);
  expect(opened.clientId).toBe(clientId);
  if (kind === 'report') expect(opened.projectId).toBe(projectId);
}

/** With nobody at work: what a token opens is a project that its client has now, with no blocked report. */
async function holdAtRest(world: World): Promise<void> {
  await Promise.all(world.minted.map(hold));
  const rows = await database.admin
    .selectFrom('projects')
    .leftJoin('sharings', 'sharings.project_id', 'projects.id')
    .leftJoin('reports', 'reports.project_id', 'projects.id')
    .select(['projects.id', 'projects.client_id', 'sharings.state', 'sharings.client_id as shared_with', 'reports.gates'])
    .where('projects.agency_id', '=', world.agencyId)
    .execute();
  for (const { id, client_id: clientId, state, shared_with: sharedWith, gates: at } of rows) {
    const living = world.minted.filter((each) => each.projectId === id && !each.ended && each.kind === 'report');
    expect(living.length, `living links of ${id}, which is ${state}`).toBe(state === 'shared' ? 1 : 0);
    if (state !== 'shared') continue;
    expect(sharedWith).toBe(clientId);
    expect(living[0]?.clientId).toBe(clientId);
    expect(Object.values(at ?? {}).some((gate) => gate.state === 'blocked')).toBe(false);
  }
}

test(
  'whatever several actors do at once, a token shows the report of the client it was minted for, or nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(play, async (rounds) => {
        const world = await newWorld();
        for (const round of rounds) {
          let busy = true;
          const watching = (async () => {
            while (busy) await Promise.all([...world.minted.map(hold), nextTurn()]);
          })();
          await Promise.all(round.map((step) => perform(world, step))).finally(() => {
            busy = false;
          });
          await watching;
          await holdAtRest(world);
        }
      }),
      { numRuns: sequences, endOnFailure: true },
    );
  },
  // As many as are asked for.
  20_000 + sequences * 1_000,
);
