import { randomUUID } from 'node:crypto';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { type PlanState, planDefaults } from '../../domain/plan.ts';
import type { TestDatabase } from './database.ts';
import { newAgencyId } from './ids.ts';

export interface PlanTerms {
  state: PlanState;
  clientLimit: number;
  overageClients: number;
  whiteLabel: boolean;
  periodEnd: Date;
}

const dayMs = 86_400_000;

/** An agency account with a plan of ten clients, or of the given terms, written as the API writes it. */
export async function openAgency({ api }: TestDatabase, terms: Partial<PlanTerms> = {}): Promise<AgencyId> {
  const agencyId = newAgencyId();
  const plan = { ...planDefaults, periodEnd: new Date(Date.now() + planDefaults.periodDays * dayMs), ...terms };
  await inTenant(api, agencyId, async (tx) => {
    await tx
      .insertInto('accounts')
      .values({ id: agencyId, kind: 'agency', name: `Agency ${randomUUID()}`, billing_email: 'billing@agency.example' })
      .execute();
    await tx
      .insertInto('plans')
      .values({
        agency_id: agencyId,
        state: plan.state,
        client_limit: plan.clientLimit,
        overage_clients: plan.overageClients,
        scans_per_period: plan.scansPerPeriod,
        monitored_projects: plan.monitoredProjects,
        white_label: plan.whiteLabel,
        period_start: new Date(plan.periodEnd.getTime() - planDefaults.periodDays * dayMs),
        period_end: plan.periodEnd,
      })
      .execute();
  });
  return agencyId;
}

/** Changes terms of the agency's plan, as the API does. */
export async function changePlan(
  { api }: TestDatabase,
  agencyId: AgencyId,
  { state, clientLimit, overageClients, whiteLabel, periodEnd }: Partial<PlanTerms>,
): Promise<void> {
  const change = {
    ...(state !== undefined && { state }),
    ...(clientLimit !== undefined && { client_limit: clientLimit }),
    ...(overageClients !== undefined && { overage_clients: overageClients }),
    ...(whiteLabel !== undefined && { white_label: whiteLabel }),
    ...(periodEnd !== undefined && { period_end: periodEnd }),
  };
  await inTenant(api, agencyId, (tx) => tx.updateTable('plans').set(change).where('agency_id', '=', agencyId).execute());
}
