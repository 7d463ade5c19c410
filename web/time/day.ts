import { texts } from '../texts/texts.ts';

const format = new Intl.DateTimeFormat(texts.locale, { day: 'numeric', month: 'short', year: 'numeric' });
const calendar = new Intl.DateTimeFormat(texts.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** The day of a moment, where one is: `1 Dec 2026`. */
export function day(at: string): string {
  return format.format(new Date(at));
}

/** A day of the calendar, `2026-12-01`, which is the same wherever one is. */
export function calendarDay(on: string): string {
  return calendar.format(new Date(on));
}
