import { randomBytes, randomUUID } from 'node:crypto';
import { createProject } from '../../activities/create-project.ts';
import { type DeliverReportInput, deliverReport } from '../../activities/deliver-report.ts';
import { inTenant } from '../../db/tenant.ts';
import type { BadgeValue, ReportedBadgeFamily } from '../../domain/badge.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import { type GateState, type Gates, type PublicationGate, publicationGates } from '../../domain/report.ts';
import type { TestDatabase } from './database.ts';
import { newProjectId } from './ids.ts';
import { tester } from './onboarding-input.ts';

export interface ProjectOf {
  agencyId: AgencyId;
  projectId: ProjectId;
}

/** A project of the agency, unassigned unless a client is named. */
export async function openProject(
  { worker }: TestDatabase,
  agencyId: AgencyId,
  { domain = `${randomUUID()}.example`, clientId = null }: { domain?: string; clientId?: ClientId | null } = {},
): Promise<ProjectId> {
  const projectId = newProjectId();
  const made = await createProject(worker, { agencyId, projectId, actor: tester, name: `Site ${domain}`, domain, clientId });
  if (made.outcome !== 'created') throw new Error(`no project was made: ${JSON.stringify(made)}`);
  return projectId;
}

/** All gates passed, but for those that are named. */
export function gates(others: Partial<Record<PublicationGate, GateState>> = {}): Gates {
  return Object.fromEntries(publicationGates.map((gate) => [gate, { state: others[gate] ?? 'passed' }])) as Gates;
}

export function reportInput({ agencyId, projectId }: ProjectOf, changes: Partial<DeliverReportInput> = {}): DeliverReportInput {
  const report = {
    title: 'Website risk report',
    domain: 'site.example',
    riskScore: 42,
    pagesScanned: 12,
    findings: [],
    gates: gates(),
    at: new Date().toISOString(),
  };
  return { agencyId, projectId, actor: tester, ...report, ...changes };
}

/** Writes a badge as the API does. */
export async function setBadge<F extends ReportedBadgeFamily>(
  { api }: TestDatabase,
  { agencyId, projectId }: ProjectOf,
  family: F,
  value: BadgeValue<F>,
): Promise<void> {
  const badge = { value: value as string, reason: null, source: JSON.stringify(tester), at: new Date() };
  await inTenant(api, agencyId, (tx) =>
    tx
      .insertInto('badges')
      .values({ agency_id: agencyId, project_id: projectId, family, ...badge })
      .onConflict((conflict) => conflict.columns(['agency_id', 'project_id', 'family']).doUpdateSet(badge))
      .execute(),
  );
}

/** Scan completed, report ready: nothing of the project itself is in the way of sharing. */
export async function makeReady(database: TestDatabase, project: ProjectOf): Promise<void> {
  await setBadge(database, project, 'scan', 'completed');
  await deliverReport(database.worker, reportInput(project));
}

/** Shares a project that a client has; returns the hash that its link is found by. */
export async function share({ owner }: TestDatabase, { agencyId, projectId }: ProjectOf, clientId: ClientId): Promise<Buffer> {
  const tokenHash = randomBytes(32);
  await inTenant(owner, agencyId, (tx) =>
    tx.insertInto('sharings').values({ agency_id: agencyId, project_id: projectId, client_id: clientId, state: 'shared', token_hash: tokenHash }).execute(),
  );
  return tokenHash;
}
