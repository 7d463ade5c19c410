import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { SharingRequest } from '../../api/temporal-sharing.ts';
import type { ClientDetails } from '../../domain/client.ts';
import type { ClientId } from '../../domain/ids.ts';
import { defaultSharingPolicy, type SharingPolicy } from '../../domain/sharing-policy.ts';
import { type ShareReportInput, searchAttributes, shareReportWorkflowId } from '../../workflows/contract.ts';
import type { shareReport } from '../../workflows/share-report.ts';
import { openAgency } from './agency.ts';
import { activeClient } from './client.ts';
import type { TestDatabase } from './database.ts';
import { tester } from './onboarding-input.ts';
import { makeReady, openProject, type ProjectOf } from './project.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

export interface ClientProject extends ProjectOf {
  clientId: ClientId;
}

/** A client's project in an agency of its own, whose report may be shared. */
export async function readyToShare(database: TestDatabase, client: Partial<ClientDetails> = {}): Promise<ClientProject> {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId, client);
  const projectId = await openProject(database, agencyId, { clientId });
  await makeReady(database, { agencyId, projectId });
  return { agencyId, clientId, projectId };
}

/** A command to the project's sharing, another one each time. */
export function sharingRequest({ agencyId, projectId }: ProjectOf): SharingRequest {
  return { agencyId, projectId, actor: tester, requestId: randomUUID() };
}

export type Sharing = WorkflowHandle<typeof shareReport>;

/** Shares without anybody waiting for it. */
export async function startSharing(
  { temporal, taskQueue }: Stage,
  { agencyId, projectId }: ProjectOf,
  policy: Partial<SharingPolicy> = {},
  expiresAt?: string,
): Promise<Sharing> {
  const begin = { actor: tester, requestId: randomUUID(), ...(expiresAt && { expiresAt }) };
  const input: ShareReportInput = { agencyId, projectId, begin, policy: { ...defaultSharingPolicy, ...policy } };
  return temporal.workflow.start<typeof shareReport>('shareReport', { workflowId: shareReportWorkflowId(agencyId, projectId), taskQueue, args: [input] });
}

/** How the sharing stands, as the Temporal UI finds it. */
export async function sharingState(workflow: Sharing): Promise<string | undefined> {
  return (await workflow.describe()).typedSearchAttributes.get(searchAttributes.state);
}

/** What it was refused for, as the Temporal UI finds it. */
export async function sharingBlockers(workflow: Sharing): Promise<string[] | undefined> {
  return (await workflow.describe()).typedSearchAttributes.get(searchAttributes.blockers);
}

/** Waits until the Temporal UI finds it so. */
export async function sharingIs(workflow: Sharing, state: string): Promise<void> {
  await until(`the sharing is ${state}`, async () => (await sharingState(workflow)) === state);
}
