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

/** From one moment to the other, the second not included. */
export interface PlanPeriod {
  start: Date;
  end: Date;
}

/** Plans that renew themselves, paid for or not; a trial ends, and so does what is to be cancelled. */
const renewing: readonly PlanState[] = ['active', 'past_due'];

/** The period that a plan is in at `now`, by one that it was in before: where it renews itself each is as long as the last. */
export function periodAt({ state, start, end }: PlanPeriod & { state: PlanState }, now: Date): PlanPeriod {
  if (!renewing.includes(state) || now < end) return { start, end };
  const lengthMs = end.getTime() - start.getTime();
  const later = (Math.floor((now.getTime() - end.getTime()) / lengthMs) + 1) * lengthMs;
  return { start: new Date(start.getTime() + later), end: new Date(end.getTime() + later) };
}

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
