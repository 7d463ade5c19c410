import { randomUUID } from 'node:crypto';
import type { CommandStart, Commands } from '../../api/temporal.ts';
import { queueMail } from '../../db/queue-mail.ts';
import { mailOf } from '../../mail/letter.ts';
import { mailQueuedSignal, mailWorkflowId } from '../../workflows/contract.ts';
import type * as workflows from '../../workflows/index.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { newProjectId } from '../harness/ids.ts';
import { entered, startUntil } from '../harness/onboarding.ts';
import { clientDetails, onboardingInput, tester } from '../harness/onboarding-input.ts';
import { openProject, reportInput } from '../harness/project.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';

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

/** What is recorded, by the name of its file. */
export const commandScenarios = {
  'assign-project': assignProject,
  'create-project': createProject,
  'deliver-mails': deliverMails,
  'deliver-report': deliverReport,
  'update-client': updateClient,
} satisfies Record<string, CommandScenario>;

/** The release that first has a life; the others are in every release. */
const firstRelease: Partial<Record<string, string>> = { 'deliver-mails': '0.2' };

/** Is this life one of the release's, as `0.2`? */
export function isLived(life: string, release: string): boolean {
  return (firstRelease[life] ?? '0.1').localeCompare(release, 'en', { numeric: true }) <= 0;
}
