import { moveProject } from '../../activities/move-project.ts';
import { recheckSignal, shareReportWorkflowId } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openProject, type ProjectOf } from '../harness/project.ts';
import { readyToShare, sharingRequest, startSharing } from '../harness/share-report.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { events, sharingRow } from '../harness/written.ts';

/** Runs a sharing through one of its lives, to its end unless the name says that it still goes on, and answers its workflow id. */
type SharingScenario = (stage: Stage) => Promise<string>;

const shared = ({ database }: Stage, { agencyId, projectId }: ProjectOf) =>
  until('it is shared', async () => (await sharingRow(database, agencyId, projectId))?.state === 'shared');

const commanded: SharingScenario = async (stage) => {
  const { gateway, temporal } = stage;
  const project = await readyToShare(stage.database);
  await gateway.share(sharingRequest(project));
  await gateway.share({ ...sharingRequest(project), expiresAt: '2090-01-01T00:00:00.000Z' });
  await gateway.rotateSharing(sharingRequest(project));
  await gateway.switchOffSharing(sharingRequest(project));
  const workflowId = shareReportWorkflowId(project.agencyId, project.projectId);
  await temporal.workflow.getHandle(workflowId).result();
  return workflowId;
};

const refused: SharingScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const workflow = await startSharing(stage, { agencyId, projectId: await openProject(stage.database, agencyId) });
  await workflow.result();
  return workflow.workflowId;
};

const expired: SharingScenario = async (stage) => {
  const project = await readyToShare(stage.database);
  const workflow = await startSharing(stage, project, { remindAfterMs: 200, recheckMs: 400 }, new Date(Date.now() + 2_000).toISOString());
  await until('it has reminded', async () => (await events(stage.database, project.agencyId, 'sharing.not_opened')).length === 1);
  await workflow.result();
  return workflow.workflowId;
};

const moved: SharingScenario = async (stage) => {
  const project = await readyToShare(stage.database);
  const workflow = await startSharing(stage, project);
  await shared(stage, project);
  await moveProject(stage.database.worker, { ...project, clientId: null, actor: tester });
  await workflow.signal(recheckSignal, { because: 'it was moved' });
  await workflow.result();
  return workflow.workflowId;
};

const outOfReach: SharingScenario = async (stage) => {
  const { door } = stage;
  const project = await readyToShare(stage.database);
  const reopen = door.close();
  const workflow = await startSharing(stage, project, { checkWithinMs: 600 });
  await workflow.result();
  reopen();
  return workflow.workflowId;
};

const overTooSoon: SharingScenario = async (stage) => {
  const { door } = stage;
  const project = await readyToShare(stage.database);
  const reopen = door.close();
  const expiresAtMs = Date.now() + 1_500;
  const workflow = await startSharing(stage, project, {}, new Date(expiresAtMs).toISOString());
  await until('the end has come', () => Date.now() > expiresAtMs);
  reopen();
  await workflow.result();
  return workflow.workflowId;
};

const cancelled: SharingScenario = async (stage) => {
  const project = await readyToShare(stage.database);
  const workflow = await startSharing(stage, project);
  await shared(stage, project);
  await workflow.cancel();
  await workflow.result();
  return workflow.workflowId;
};

const stillShared: SharingScenario = async (stage) => {
  const project = await readyToShare(stage.database);
  const workflow = await startSharing(stage, project, { recheckMs: 200 });
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
  'sharing-over-too-soon': overTooSoon,
  'sharing-cancelled': cancelled,
  'still-shared': stillShared,
} satisfies Record<string, SharingScenario>;
