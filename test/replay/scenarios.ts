import { moveProject } from '../../activities/move-project.ts';
import { assignProjectUpdate, cancelUpdate, recheckSignal, retryUndoSignal, shareWhenReadyUpdate } from '../../workflows/contract.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { command } from '../harness/command.ts';
import { obstructUndo } from '../harness/failing-undo.ts';
import { entered, type Onboarding, start, startUntil } from '../harness/onboarding.ts';
import { crmOnboardingInput, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { readyToShare, startSharing } from '../harness/share-report.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly, timersOnly } from '../harness/waits.ts';
import { events, sharingRow, stepRow } from '../harness/written.ts';

/** Runs an onboarding through one of its lives, to its end unless the name says that it still waits. */
export type Scenario = (stage: Stage) => Promise<Onboarding>;

const recheck = ({ workflow }: Onboarding, because: string) => workflow.signal(recheckSignal, { because });

async function readyProject({ database }: Stage, agencyId: Onboarding['agencyId']) {
  const projectId = await openProject(database, agencyId);
  await makeReady(database, { agencyId, projectId });
  return projectId;
}

const happy: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  return start(stage, onboardingInput(agencyId, { projectId: await readyProject(stage, agencyId) }));
};

const refused: Scenario = async (stage) => start(stage, onboardingInput(await openAgency(stage.database, { clientLimit: 0 })));

const refusedAtOnce: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  await activeClient(stage.database, agencyId, { name: 'Fern & Co' });
  return start(stage, onboardingInput(agencyId, { client: { name: 'Fern & Co' } }));
};

const clientFound: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const client = { name: 'Fern & Co', externalReference: 'deal-1' };
  await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client, waiting: hintsOnly }));
  const second = await startUntil(stage, 'waiting_for_project', crmOnboardingInput(agencyId, { client, waiting: hintsOnly }));
  await second.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
  return second;
};

const stillWaitingForAllowance: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database, { clientLimit: 0 });
  const onboarding = await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: timersOnly }));
  const looks = async () => (await stepRow(stage.database, agencyId, onboarding.onboardingId, 'check_allowance')).attempts;
  await until('its timer has brought it to look again', async () => (await looks()) > 1);
  return onboarding;
};

const waitingForAllowance: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database, { clientLimit: 0 });
  const input = onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly, projectId: await readyProject(stage, agencyId) });
  const onboarding = await startUntil(stage, 'waiting_for_allowance', input);
  await recheck(onboarding, 'in vain');
  await changePlan(stage.database, agencyId, { clientLimit: 1 });
  await recheck(onboarding, 'the plan grew');
  return onboarding;
};

const stillWaitingForProject: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: { ...hintsOnly, remindAfterMs: [50] } }));
  await until('it has reminded', async () => (await events(stage.database, agencyId, 'onboarding.reminder')).length === 1);
  return onboarding;
};

const waitingForProject: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const waiting = { ...timersOnly, remindAfterMs: [300, 600], stallAfterMs: 900 };
  const onboarding = await startUntil(stage, 'stalled', onboardingInput(agencyId, { waiting }));
  await onboarding.workflow.executeUpdate(assignProjectUpdate, { args: [{ projectId: await readyProject(stage, agencyId), actor: tester }] });
  return onboarding;
};

const stillWaitingForStatus: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  return startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { waiting: hintsOnly, projectId: await openProject(stage.database, agencyId) }));
};

const waitingForStatus: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  const { agencyId, input } = onboarding;
  if (input.projectId) await makeReady(stage.database, { agencyId, projectId: input.projectId });
  await recheck(onboarding, 'the report is there');
  return onboarding;
};

const projectMovedAway: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  const { agencyId, clientId, input } = onboarding;
  const other = await activeClient(stage.database, agencyId);
  if (input.projectId) await command(stage, 'assignProject', { agencyId, projectId: input.projectId, clientId: other.clientId, actor: tester });
  await entered(onboarding, 'waiting_for_project');
  await command(stage, 'assignProject', { agencyId, projectId: await readyProject(stage, agencyId), clientId, actor: tester });
  return onboarding;
};

const cancelled: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
  return onboarding;
};

const cancelledByTemporal: Scenario = async (stage) => {
  const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(await openAgency(stage.database), { waiting: hintsOnly }));
  await onboarding.workflow.cancel();
  return onboarding;
};

const stillNeedingAttention: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  await obstructUndo(stage.database, onboarding.clientId);
  await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
  return onboarding;
};

const needingAttention: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  const obstacle = await obstructUndo(stage.database, onboarding.clientId);
  await onboarding.workflow.executeUpdate(cancelUpdate, { args: [{ actor: tester }] });
  await obstacle.clear();
  await onboarding.workflow.signal(retryUndoSignal);
  return onboarding;
};

const sharedWhenReady: Scenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const projectId = await readyProject(stage, agencyId);
  const onboarding = await start(stage, onboardingInput(agencyId, { projectId, shareWhenReady: true }));
  await until('it is shared', async () => (await sharingRow(stage.database, agencyId, projectId))?.state === 'shared');
  return onboarding;
};

const sharedBehindAnother: Scenario = async (stage) => {
  const project = await readyToShare(stage.database);
  const { agencyId, projectId } = project;
  const shared = () => until('it is shared', async () => (await sharingRow(stage.database, agencyId, projectId))?.state === 'shared');
  await startSharing(stage, project);
  await shared();
  const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly, shareWhenReady: true }));
  await moveProject(stage.database.worker, { agencyId, projectId, clientId: onboarding.clientId, actor: tester });
  await recheck(onboarding, 'it has a project');
  await shared();
  return onboarding;
};

const shareWhenReadyChosen: Scenario = async (stage) => {
  const onboarding = await stillWaitingForStatus(stage);
  const { agencyId, input, workflow } = onboarding;
  for (const wanted of [true, false, true]) await workflow.executeUpdate(shareWhenReadyUpdate, { args: [{ wanted, actor: tester }] });
  const { projectId } = input;
  if (!projectId) throw new Error('it has a project');
  await makeReady(stage.database, { agencyId, projectId });
  await recheck(onboarding, 'the report is there');
  await until('it is shared', async () => (await sharingRow(stage.database, agencyId, projectId))?.state === 'shared');
  return onboarding;
};

/** What is recorded, by the name of its file. Those that begin with `still` are recorded while they wait. */
export const scenarios = {
  happy,
  refused,
  'refused-at-once': refusedAtOnce,
  'client-found': clientFound,
  'waiting-for-allowance': waitingForAllowance,
  'still-waiting-for-allowance': stillWaitingForAllowance,
  'waiting-for-project': waitingForProject,
  'still-waiting-for-project': stillWaitingForProject,
  'waiting-for-status': waitingForStatus,
  'still-waiting-for-status': stillWaitingForStatus,
  'project-moved-away': projectMovedAway,
  'shared-when-ready': sharedWhenReady,
  'shared-behind-another': sharedBehindAnother,
  'share-when-ready-chosen': shareWhenReadyChosen,
  cancelled,
  'cancelled-by-temporal': cancelledByTemporal,
  'needing-attention': needingAttention,
  'still-needing-attention': stillNeedingAttention,
} satisfies Record<string, Scenario>;
