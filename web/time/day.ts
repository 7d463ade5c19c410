const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A calendar day: `1 Dec 2026`. */
export function day(at: string): string {
  return format.format(new Date(at));
}
