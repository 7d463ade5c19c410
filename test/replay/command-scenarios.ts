import { randomUUID } from 'node:crypto';
import type { CommandStart, Commands } from '../../api/temporal.ts';
import { queueMail } from '../../db/queue-mail.ts';
import { mailOf } from '../../mail/letter.ts';
import { mailQueuedSignal, mailWorkflowId } from '../../workflows/contract.ts';
import type * as workflows from '../../workflows/index.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient, archivedLongAgo } from '../harness/client.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import { newProjectId } from '../harness/ids.ts';
import { importRow, startImport } from '../harness/import.ts';
import { offboardingInput, patient, startOffboarding } from '../harness/offboarding.ts';
import { entered, startUntil } from '../harness/onboarding.ts';
import { clientDetails, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject, reportInput } from '../harness/project.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { sharingScenarios } from './sharing-scenarios.ts';

/** Runs one command to its end and answers its workflow id. */
export type CommandScenario = (stage: Stage) => Promise<string>;

async function run<Name extends keyof Commands>({ gateway }: Stage, name: Name, input: CommandStart<Name>['input']): Promise<string> {
  const workflowId = `${name}/${randomUUID()}`;
  await gateway.execute(name, { workflowId, input, summary: name });
  return workflowId;
}

const assignProject: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const projectId = await openProject(stage.database, agencyId);
  await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
  const winner = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
  return run(stage, 'assignProject', { agencyId, projectId, clientId: winner.clientId, actor: tester });
};

const createProject: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const onboarding = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
  const project = { projectId: newProjectId(), name: 'Fern', domain: 'fern.example', clientId: onboarding.clientId };
  const workflowId = await run(stage, 'createProject', { agencyId, ...project, actor: tester });
  await entered(onboarding, 'waiting_for_status');
  return workflowId;
};

const deliverReport: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const projectId = await openProject(stage.database, agencyId);
  await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
  return run(stage, 'deliverReport', reportInput({ agencyId, projectId }));
};

const updateClient: CommandScenario = async (stage) => {
  const { database, gateway, temporal } = stage;
  const agencyId = await openAgency(database);
  const workflowId = `updateClient/${randomUUID()}`;
  const client = { ...clientDetails({ name: 'Fern & Co' }), externalReference: 'deal-1' };
  const input = { agencyId, actor: tester, client, at: '2026-05-02T00:00:00.000Z', expectClient: true };
  await gateway.start('updateClient', { workflowId, input, summary: 'updateClient' });
  const workflow = temporal.workflow.getHandle(workflowId);
  await until('it has looked in vain', async () => (await workflow.describe()).raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1));
  await activeClient(database, agencyId, { name: 'Fern', externalReference: 'deal-1' });
  await workflow.result();
  return workflowId;
};

const deliverMails: CommandScenario = async ({ database, secrets, temporal, taskQueue }) => {
  const workflowId = mailWorkflowId(taskQueue);
  const workflow = await temporal.workflow.start<typeof workflows.deliverMails>('deliverMails', { taskQueue, workflowId, args: [{ lookAgainMs: 3_600_000 }] });
  await queueMail(database.api, secrets, mailOf({ kind: 'verify_email', to: 'robin@people.example', subject: 'Hello', paragraphs: ['Hello'] }));
  await workflow.signal(mailQueuedSignal);
  await until('it is delivered', async () => database.admin.selectFrom('mails').select('sent_at').where('sent_at', 'is not', null).executeTakeFirst());
  return workflowId;
};

async function clientWithProject({ database }: Stage) {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId, { contactEmail: 'ops@fern.example' });
  await openProject(database, agencyId, { clientId });
  return { agencyId, clientId, actor: tester };
}

const editClient: CommandScenario = async (stage) =>
  run(stage, 'editClient', { ...(await clientWithProject(stage)), expectedVersion: null, change: { notes: 'pays late' } });

/** With somebody who waits for its slot, and an onboarding of its own that ends with it. */
const archiveClient: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database, { clientLimit: 1 });
  const { clientId } = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
  await startUntil(stage, 'waiting_for_allowance', onboardingInput(agencyId, { onLimit: 'wait', waiting: hintsOnly }));
  return run(stage, 'archiveClient', { agencyId, clientId, actor: tester });
};

const restoreClient: CommandScenario = async (stage) => {
  const client = await clientWithProject(stage);
  await run(stage, 'archiveClient', client);
  return run(stage, 'restoreClient', client);
};

const mergeClients: CommandScenario = async (stage) => {
  const client = await clientWithProject(stage);
  const into = await startUntil(stage, 'waiting_for_project', onboardingInput(client.agencyId, { waiting: hintsOnly }));
  return run(stage, 'mergeClients', { ...client, into: into.clientId });
};

const eraseClient: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const { clientId } = await archivedLongAgo(stage.database, agencyId);
  return run(stage, 'eraseClient', { agencyId, clientId, actor: tester, expectedVersion: 1, retentionDays: 30 });
};

/** To its end: reminded, left, and its pack deleted. */
const offboardClient: CommandScenario = async (stage) => {
  const { agencyId, clientId } = await clientWithProject(stage);
  const policy = { ...patient, remindBeforeMs: [800], packKeptMs: 300 };
  const { workflow, workflowId } = await startOffboarding(stage, offboardingInput(agencyId, clientId, { inMs: 1_500, policy }));
  await workflow.result();
  return workflowId;
};

const offboardClientCancelled: CommandScenario = async (stage) => {
  const { agencyId, clientId } = await clientWithProject(stage);
  const { workflow, workflowId } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
  await stage.gateway.cancelOffboarding(workflowId, tester);
  await workflow.result();
  return workflowId;
};

/** While its pack is made, with reports to draw; nobody waits for it. */
const offboardClientCancelledWhilePacking: CommandScenario = async (stage) => {
  const { agencyId, clientId } = await clientWithProject(stage);
  for (let report = 0; report < 5; report++) {
    const projectId = await openProject(stage.database, agencyId, { clientId });
    await makeReady(stage.database, { agencyId, projectId });
  }
  const { workflow, workflowId } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
  await until('its pack is made', async () => activitiesIn(await historyOf(workflow)).includes('makeExportPack'));
  await stage.gateway.cancelOffboarding(workflowId, tester);
  await workflow.result();
  return workflowId;
};

/** Of an offboarding whose own workflow is not there any more. */
const cancelOffboarding: CommandScenario = async (stage) => {
  const { agencyId, clientId } = await clientWithProject(stage);
  const { input, workflow } = await startOffboarding(stage, offboardingInput(agencyId, clientId));
  await workflow.terminate('to be cancelled without it');
  return run(stage, 'cancelOffboarding', { agencyId, clientId, offboardingId: input.offboardingId, actor: tester });
};

/** Of an onboarding whose own workflow is not there any more. */
const cancelOnboarding: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const projectId = await openProject(stage.database, agencyId);
  const { workflow, onboardingId } = await startUntil(stage, 'waiting_for_status', onboardingInput(agencyId, { projectId, waiting: hintsOnly }));
  await workflow.terminate('to be cancelled without it');
  return run(stage, 'cancelOnboarding', { agencyId, onboardingId, actor: tester });
};

/** One is made, one brought up to date, one waits for a slot, one is a duplicate. */
const importClients: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database, { clientLimit: 2 });
  const onboarded = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { client: { externalReference: 'HS-1' }, waiting: hintsOnly }));
  const known = importRow({ name: 'Fern & Co', externalReference: 'HS-1' });
  const rows = [known, importRow({ name: 'Alder' }), importRow({ name: 'Birch' }), importRow({ name: onboarded.input.client.name })];
  const { workflow, workflowId } = await startImport(stage, agencyId, rows, { atOnce: 1 });
  await workflow.result();
  return workflowId;
};

/** Before anything of it has begun, which is never where nothing may be under way. */
const importClientsCancelled: CommandScenario = async (stage) => {
  const agencyId = await openAgency(stage.database);
  const { workflow, workflowId } = await startImport(stage, agencyId, [importRow({ name: 'Alder' }), importRow({ name: 'Birch' })], { atOnce: 0 });
  await stage.gateway.cancelImport(workflowId, tester);
  await workflow.result();
  return workflowId;
};

/** What is recorded, by the name of its file. */
export const commandScenarios = {
  'archive-client': archiveClient,
  'cancel-offboarding': cancelOffboarding,
  'cancel-onboarding': cancelOnboarding,
  'edit-client': editClient,
  'erase-client': eraseClient,
  'import-clients': importClients,
  'import-clients-cancelled': importClientsCancelled,
  'merge-clients': mergeClients,
  'offboard-client': offboardClient,
  'offboard-client-cancelled': offboardClientCancelled,
  'offboard-client-cancelled-while-packing': offboardClientCancelledWhilePacking,
  'restore-client': restoreClient,
  'assign-project': assignProject,
  'create-project': createProject,
  'deliver-mails': deliverMails,
  'deliver-report': deliverReport,
  'update-client': updateClient,
  ...sharingScenarios,
} satisfies Record<string, CommandScenario>;

/** The release that first has a life; the others are in every release. */
const firstRelease: Partial<Record<string, string>> = {
  'deliver-mails': '0.2',
  'archive-client': '0.2',
  'cancel-offboarding': '0.2',
  'cancel-onboarding': '0.4',
  'edit-client': '0.2',
  'erase-client': '0.2',
  'merge-clients': '0.2',
  'offboard-client': '0.2',
  'offboard-client-cancelled': '0.2',
  'restore-client': '0.2',
  'shared-when-ready': '0.2',
  'share-when-ready-chosen': '0.3',
  'import-clients': '0.3',
  'import-clients-cancelled': '0.3',
  ...Object.fromEntries(Object.keys(sharingScenarios).map((life) => [life, '0.2'])),
  'sharing-over-too-soon': '0.3',
  'offboard-client-cancelled-while-packing': '0.4',
  'shared-behind-another': '0.4',
};

/** `0.2` of `0.2.1`. */
export function releaseOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Is this life one of the release's, as `0.2`? */
export function isLived(life: string, release: string): boolean {
  return (firstRelease[life] ?? '0.1').localeCompare(release, 'en', { numeric: true }) <= 0;
}
