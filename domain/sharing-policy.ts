/** How long a sharing waits for what. Policy that travels with it, so that a test needs no days. */
export interface SharingPolicy {
  /** How often it looks for itself whether it still holds, in case it was not told. */
  recheckMs: number;
  /** When, after links were given, the agency is reminded that nobody has opened them. */
  remindAfterMs: number;
  /** How long the page is tried to be reached before its link is given up. */
  checkWithinMs: number;
}

const hourMs = 60 * 60_000;

export const defaultSharingPolicy: SharingPolicy = { recheckMs: 6 * hourMs, remindAfterMs: 7 * 24 * hourMs, checkWithinMs: 8_000 };
/** For links that nobody waits for: the page may be out of reach for as long as a night. */
export const patientSharingPolicy: SharingPolicy = { ...defaultSharingPolicy, checkWithinMs: 12 * hourMs };
