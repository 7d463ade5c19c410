import { texts } from '../texts/texts.ts';

const exact = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment to the second, where one is: `24 Nov 2026, 14:03:09`. */
export function exactly(at: string): string {
  return exact.format(new Date(at));
}
