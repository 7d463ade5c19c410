/** Clocks differ, and some send their local time as if it were UTC; more than that is a mistake. */
const aheadAtMostMs = 86_400_000;

/** Is a moment that somebody observed something at still to come? What carries it would hide all that is observed until then. */
export function isStillToCome(observedAt: Date, now: Date): boolean {
  return observedAt.getTime() - now.getTime() > aheadAtMostMs;
}
