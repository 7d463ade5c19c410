export const planStates = ['trialing', 'active', 'cancellation_scheduled', 'past_due', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

/** What a plan grants; the numbers an account gets when it is opened without others. */
export const planDefaults = {
  state: 'active',
  clientLimit: 10,
  overageClients: 0,
  scansPerPeriod: 50,
  monitoredProjects: 10,
  whiteLabel: false,
  periodDays: 30,
} as const;

/** Shares of an allowance, in percent, at which the agency is warned. */
export const allowanceWarningPercents = [80, 100] as const;

export interface PlanStanding {
  state: PlanState;
  periodEnd: Date;
}

/**
 * May the plan be granted anything new at `now`?
 * A scheduled cancellation is eligible until the period ends.
 */
export function isPlanEligible({ state, periodEnd }: PlanStanding, now: Date): boolean {
  switch (state) {
    case 'trialing':
    case 'active':
      return true;
    case 'cancellation_scheduled':
      return now < periodEnd;
    case 'past_due':
    case 'cancelled':
      return false;
  }
}
