import { z } from 'zod';

/**
 * Text that Postgres can store and a person can read back: well-formed Unicode, no NUL, trimmed, 1 to `max` UTF-16 units.
 * The length is checked first, so that a huge input is refused before it is walked.
 */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed Unicode without NUL')
    .transform((value) => value.trim())
    .pipe(z.string().min(1, 'must not be empty'));
}

/** The beginning of a text, for showing it: at most `max` UTF-16 units, and never half a character, which Postgres takes in no JSON. */
export function beginningOf(value: string, max: number): string {
  return value.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** What turns the reading direction of the text around it, so that it reads as something else than it is. */
export const turnsDirection = /[\u202a-\u202e\u2066-\u2069]/u;

/** Text on one line, such as a name: no control characters, nor what turns the reading direction of the text around it. */
export function line(max: number) {
  return text(max).refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) && !turnsDirection.test(value), 'must be one line without control characters');
}

/** Makes an empty or blank value count as absent. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());
}

/** An RFC 3339 time with an offset, between the years 2000 and 2100: enough for any event, and safe for every clock. */
export const timestamp = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((time) => time.getUTCFullYear() >= 2000 && time.getUTCFullYear() < 2100, 'must be a time between 2000 and 2100');

/** Letters, digits and hyphens in dotted labels, lower-cased: the host name of a site, without scheme, port or path. */
export const domainName = z
  .string()
  .max(253)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.string().regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/, 'must be a domain name such as example.com'));

/** An e-mail address as it is typed: trimmed, at most 254 characters. */
export const emailAddress = z
  .string()
  .max(254)
  .transform((value) => value.trim())
  .pipe(z.email('must be an e-mail address'));
