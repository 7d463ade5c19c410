import { sql } from 'kysely';
import type { AgencyId } from '../../domain/ids.ts';
import { openStates, statesThatNeedPeople } from '../../domain/onboarding.ts';
import { isPlanEligible, type PlanState, periodAt } from '../../domain/plan.ts';
import type { TenantReader } from '../tenant.ts';

/** An agency workspace: the plan's state, what of its allowance is used, and what stands in it. */
export interface AgencyRecord {
  id: AgencyId;
  name: string;
  plan: { state: PlanState; eligible: boolean; whiteLabel: boolean };
  clients: { used: number; limit: number; overLimit: boolean };
  scans: { used: number; limit: number; periodEnd: Date };
  projects: number;
  unassignedProjects: number;
  monitoredProjects: { limit: number };
  sharedReports: number;
  /** How many onboardings have not ended, and how many of them go on only when somebody does something. */
  onboardings: { open: number; needPeople: number };
}

/** The workspace of an agency account; undefined for a direct account. */
export async function readAgency(reader: TenantReader, agencyId: AgencyId): Promise<AgencyRecord | undefined> {
  const row = await reader
    .selectFrom('accounts as account')
    .innerJoin('plans as plan', 'plan.agency_id', 'account.id')
    .where('account.id', '=', agencyId)
    .where('account.kind', '=', 'agency')
    .selectAll('plan')
    .select((eb) => [
      'account.name',
      eb
        .selectFrom('projects')
        .where('agency_id', '=', agencyId)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('project_count'),
      eb
        .selectFrom('projects')
        .where('agency_id', '=', agencyId)
        .where('client_id', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('unassigned_count'),
      eb
        .selectFrom('sharings')
        .where('agency_id', '=', agencyId)
        .where('state', '=', 'shared')
        .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date())]))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('shared_count'),
      eb
        .selectFrom('onboardings')
        .where('agency_id', '=', agencyId)
        .where('state', 'in', openStates)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('open_count'),
      eb
        .selectFrom('onboardings')
        .where('agency_id', '=', agencyId)
        .where('state', 'in', statesThatNeedPeople)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('need_people_count'),
      // The plan counts the slots of all clients; who sees some of them is shown theirs.
      sql<number>`case when foyer.visible_clients() is null then plan.client_slots_used else (
        select count(*) from clients where agency_id = ${agencyId} and state = 'active'
      ) end`.as('clients_used'),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const clientLimit = row.client_limit + row.overage_clients;
  const now = new Date();
  return {
    id: agencyId,
    name: row.name,
    plan: { state: row.state, eligible: isPlanEligible({ state: row.state, periodEnd: row.period_end }, now), whiteLabel: row.white_label },
    clients: { used: row.clients_used, limit: clientLimit, overLimit: row.clients_used > clientLimit },
    scans: {
      used: row.scans_used,
      limit: row.scans_per_period,
      periodEnd: periodAt({ state: row.state, start: row.period_start, end: row.period_end }, now).end,
    },
    projects: row.project_count ?? 0,
    unassignedProjects: row.unassigned_count ?? 0,
    monitoredProjects: { limit: row.monitored_projects },
    sharedReports: row.shared_count ?? 0,
    onboardings: { open: row.open_count ?? 0, needPeople: row.need_people_count ?? 0 },
  };
}
