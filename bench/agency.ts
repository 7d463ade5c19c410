import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AgencyId, ProjectId } from '../domain/ids.ts';
import type { Stage } from './stage.ts';

/** An agency with room for any number of clients, and a key that may do everything there. */
export interface Agency {
  id: AgencyId;
  apiKey: string;
}

const accountSchema = z.object({ id: z.uuid() });
const keySchema = z.object({ key: z.string() });

export async function openAgency({ api }: Stage, name: string): Promise<Agency> {
  const asOperator = async <T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> => {
    const headers = { authorization: `Bearer ${api.operatorKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${api.url}/v1/operator/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return schema.parse(await response.json());
  };
  const { id } = await asOperator(
    'accounts',
    { kind: 'agency', name, billingEmail: 'billing@bench.example', ownerEmail: 'owner@bench.example', plan: { clientLimit: 1_000_000 } },
    accountSchema,
  );
  const { key } = await asOperator(`accounts/${id}/api-keys`, { name: 'Bench', scopes: ['admin'] }, keySchema);
  return { id: id as AgencyId, apiKey: key };
}

/** Unassigned projects with a completed scan and a report that may be published, so that an onboarding of them is through without waiting. */
export async function makeReadyProjects({ admin }: Stage, agencyId: AgencyId, count: number): Promise<ProjectId[]> {
  const run = randomUUID().slice(0, 8);
  const { rows } = await admin.query<{ id: ProjectId }>(
    `with made as (
       insert into foyer.projects (agency_id, name, domain)
       select $1, 'Project ' || $2 || ' ' || n, $2 || '-' || n || '.example' from generate_series(1, $3::int) n
       returning agency_id, id, domain
     ), scanned as (
       insert into foyer.badges (agency_id, project_id, family, value, source, at)
       select agency_id, id, 'scan', 'completed', '{"kind": "system", "label": "bench"}', now() from made
     ), reported as (
       insert into foyer.reports (agency_id, project_id, title, domain, risk_score, pages_scanned, findings, gates, at)
       select agency_id, id, 'Website risk report', domain, 42, 120, '[]', $4, now() from made
     )
     select id from made`,
    [agencyId, run, count, JSON.stringify(passedGates)],
  );
  return rows.map(({ id }) => id);
}

const passed = { state: 'passed' };
const passedGates = { evidence: passed, scope: passed, confidence: passed, redaction: passed, legalBoundary: passed, falsePositiveReview: passed };
