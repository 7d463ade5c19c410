const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A day as a mail says it: 31 December 2026. */
export function dayOf(time: Date): string {
  return format.format(time);
}
