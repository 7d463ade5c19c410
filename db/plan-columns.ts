import type { PlanRequest } from '../domain/account.ts';

/** A plan as it was asked for, as columns of `plans`. */
export function planColumns(plan: PlanRequest) {
  return {
    state: plan.state,
    client_limit: plan.clientLimit,
    overage_clients: plan.overageClients,
    scans_per_period: plan.scansPerPeriod,
    monitored_projects: plan.monitoredProjects,
    white_label: plan.whiteLabel,
  };
}
