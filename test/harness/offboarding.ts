import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId, ClientId, OffboardingId } from '../../domain/ids.ts';
import type { OffboardingState } from '../../domain/offboarding.ts';
import { defaultOffboardingPolicy, type OffboardingPolicy } from '../../domain/offboarding-policy.ts';
import { type OffboardClientInput, type OffboardingDecision, offboardingWorkflowId } from '../../workflows/contract.ts';
import type { offboardClient } from '../../workflows/offboard-client.ts';
import { openAgency } from './agency.ts';
import { activeClient } from './client.ts';
import type { TestDatabase } from './database.ts';
import { tester } from './onboarding-input.ts';
import { makeReady, openProject, share } from './project.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const hourMs = 3_600_000;

/** Nothing goes on by itself within a test, and nobody is reminded. */
export const patient: OffboardingPolicy = { ...defaultOffboardingPolicy, recheckMs: hourMs, remindBeforeMs: [], packKeptMs: hourMs };

/** An offboarding an hour from now, or as given. */
export function offboardingInput(
  agencyId: AgencyId,
  clientId: ClientId,
  { inMs = hourMs, ...overrides }: Partial<OffboardClientInput> & { inMs?: number } = {},
) {
  const offboardingId = randomUUID() as OffboardingId;
  const endsAt = new Date(Date.now() + inMs).toISOString();
  const input: OffboardClientInput = { agencyId, clientId, offboardingId, actor: tester, endsAt, message: null, policy: patient, ...overrides };
  return input;
}

/** An offboarding that was started, by its ids and by its workflow. */
export interface Offboarding {
  input: OffboardClientInput;
  workflowId: string;
  workflow: WorkflowHandle<typeof offboardClient>;
  decision: OffboardingDecision;
}

/** Starts an offboarding as the API does. */
export async function startOffboarding({ gateway, temporal }: Stage, input: OffboardClientInput): Promise<Offboarding> {
  const decision = await gateway.startOffboarding(input, randomUUID());
  const workflowId = offboardingWorkflowId(input.agencyId, input.offboardingId);
  return { input, workflowId, workflow: temporal.workflow.getHandle(workflowId), decision };
}

/** A client with a shared report and an offboarding that has begun: an hour from now, or as given. */
export async function leavingClient(stage: Stage, options: Parameters<typeof offboardingInput>[2] = {}) {
  const { database } = stage;
  const agencyId = await openAgency(database);
  const contactEmail = `${randomUUID()}@client.example`;
  const { clientId } = await activeClient(database, agencyId, { name: 'Acme', contactEmail });
  const projectId = await openProject(database, agencyId, { clientId });
  await makeReady(database, { agencyId, projectId });
  await share(database, { agencyId, projectId }, clientId);
  const offboarding = await startOffboarding(stage, offboardingInput(agencyId, clientId, options));
  return { ...offboarding, agencyId, clientId, projectId, contactEmail };
}

export function offboardingRow({ admin }: TestDatabase, { agencyId, offboardingId }: Pick<OffboardClientInput, 'agencyId' | 'offboardingId'>) {
  return admin.selectFrom('offboardings').selectAll().where('agency_id', '=', agencyId).where('id', '=', offboardingId).executeTakeFirst();
}

/** The pack's content while it is kept. */
export async function packContent({ admin }: TestDatabase, { agencyId, offboardingId }: Pick<OffboardClientInput, 'agencyId' | 'offboardingId'>) {
  const row = await admin
    .selectFrom('export_packs')
    .select('content')
    .where('agency_id', '=', agencyId)
    .where('offboarding_id', '=', offboardingId)
    .executeTakeFirst();
  return row?.content;
}

/** Waits until the record says so. */
export async function offboardingIs(database: TestDatabase, input: OffboardClientInput, state: OffboardingState): Promise<void> {
  await until(`the offboarding is ${state}`, async () => (await offboardingRow(database, input))?.state === state);
}

/** A client that is to leave in a year, with a pack, in the record alone: no workflow tends it. */
export async function leaveLater({ owner }: TestDatabase, agencyId: AgencyId, clientId: ClientId): Promise<void> {
  const id = randomUUID() as OffboardingId;
  const inAYear = new Date(Date.now() + 365 * 24 * hourMs);
  await inTenant(owner, agencyId, async (tx) => {
    const offboarding = { workflow_id: offboardingWorkflowId(agencyId, id), ends_at: inAYear, pack_state: 'made' as const };
    await tx
      .insertInto('offboardings')
      .values({ agency_id: agencyId, id, client_id: clientId, ...offboarding, message: null, actor: JSON.stringify(tester) })
      .execute();
    await tx
      .insertInto('export_packs')
      .values({ agency_id: agencyId, offboarding_id: id, client_id: clientId, content: Buffer.from('a zip'), expires_at: inAYear })
      .execute();
  });
}
