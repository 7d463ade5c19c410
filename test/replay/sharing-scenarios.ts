import { randomUUID } from 'node:crypto';
import { moveProject } from '../../activities/move-project.ts';
import type { SharingRequest } from '../../api/temporal-sharing.ts';
import { defaultSharingPolicy, type SharingPolicy } from '../../domain/sharing-policy.ts';
import { recheckSignal, type ShareReportInput, shareReportWorkflowId } from '../../workflows/contract.ts';
import type { shareReport } from '../../workflows/share-report.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject, type ProjectOf } from '../harness/project.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { events, sharingRow } from '../harness/written.ts';

/** Runs a sharing through one of its lives, to its end unless the name says that it still goes on, and answers its workflow id. */
type SharingScenario = (stage: Stage) => Promise<string>;

async function ready({ database }: Stage): Promise<ProjectOf> {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId);
  const projectId = await openProject(database, agencyId, { clientId });
  await makeReady(database, { agencyId, projectId });
  return { agencyId, projectId };
}

const request = (of: ProjectOf): SharingRequest => ({ ...of, actor: tester, requestId: randomUUID() });

async function begin({ temporal, taskQueue }: Stage, { agencyId, projectId }: ProjectOf, policy: Partial<SharingPolicy>, expiresAt?: string) {
  const command = { actor: tester, requestId: randomUUID(), ...(expiresAt && { expiresAt }) };
  const input: ShareReportInput = { agencyId, projectId, begin: command, policy: { ...defaultSharingPolicy, ...policy } };
  return temporal.workflow.start<typeof shareReport>('shareReport', { workflowId: shareReportWorkflowId(agencyId, projectId), taskQueue, args: [input] });
}

const shared = ({ database }: Stage, { agencyId, projectId }: ProjectOf) =>
  until('it is shared', async () => (await sharingRow(database, agencyId, projectId))?.state === 'shared');

const commanded: SharingScenario = async (stage) => {
  const { gateway, temporal } = stage;
  const project = await ready(stage);
  await gateway.share(request(project));
  await gateway.share({ ...request(project), expiresAt: '2090-01-01T00:00:00.000Z' });
  await gateway.rotateSharing(request(project));
  await gateway.switchOffSharing(request(project));
  const workflowId = shareReportWorkflowId(project.agencyId, project.projectId);
  await temporal.workflow.getHandle(workflowId).result();
  return workflowId;
};

const refused: SharingScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const workflow = await begin(stage, { agencyId, projectId: await openProject(stage.database, agencyId) }, {});
  await workflow.result();
  return workflow.workflowId;
};

const expired: SharingScenario = async (stage) => {
  const project = await ready(stage);
  const workflow = await begin(stage, project, { remindAfterMs: 200, recheckMs: 400 }, new Date(Date.now() + 2_000).toISOString());
  await until('it has reminded', async () => (await events(stage.database, project.agencyId, 'sharing.not_opened')).length === 1);
  await workflow.result();
  return workflow.workflowId;
};

const moved: SharingScenario = async (stage) => {
  const project = await ready(stage);
  const workflow = await begin(stage, project, {});
  await shared(stage, project);
  await moveProject(stage.database.worker, { ...project, clientId: null, actor: tester });
  await workflow.signal(recheckSignal, { because: 'it was moved' });
  await workflow.result();
  return workflow.workflowId;
};

const outOfReach: SharingScenario = async (stage) => {
  const { door } = stage;
  const project = await ready(stage);
  const reopen = door.close();
  const workflow = await begin(stage, project, { checkWithinMs: 600 });
  await workflow.result();
  reopen();
  return workflow.workflowId;
};

const cancelled: SharingScenario = async (stage) => {
  const project = await ready(stage);
  const workflow = await begin(stage, project, {});
  await shared(stage, project);
  await workflow.cancel();
  await workflow.result();
  return workflow.workflowId;
};

const stillShared: SharingScenario = async (stage) => {
  const project = await ready(stage);
  const workflow = await begin(stage, project, { recheckMs: 200 });
  await shared(stage, project);
  await until('it has looked again', async () => (await workflow.describe()).historyLength > 40);
  return workflow.workflowId;
};

/** What is recorded, by the name of its file. */
export const sharingScenarios = {
  'sharing-commanded': commanded,
  'sharing-refused': refused,
  'sharing-expired': expired,
  'sharing-moved': moved,
  'sharing-out-of-reach': outOfReach,
  'sharing-cancelled': cancelled,
  'still-shared': stillShared,
} satisfies Record<string, SharingScenario>;
