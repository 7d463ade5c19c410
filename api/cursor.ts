import { z } from '@hono/zod-openapi';
import type { FeedPosition } from '../db/read/events.ts';
import type { Keyset, PageRequest } from '../db/read/page.ts';

const keyset = z.tuple([z.iso.datetime(), z.uuid()]);
const feedPosition = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()]);

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A cursor is opaque to whoever holds it; one that was made up is refused like any other bad input. */
function decoded<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .max(200)
    .transform((cursor, context) => {
      try {
        return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
      } catch {
        context.addIssue({ code: 'custom', message: 'is not a cursor that this list has given' });
        return z.NEVER;
      }
    });
}

/** A number as a query parameter. Decimal digits only: other ways to write one are mistakes. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(new RegExp(`^\\d{1,${String(most).length}}$`), `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });
}

/** How many entries of a list are read at a time, the default shown as the number that it is. */
export function countAtATime({ most, usual }: { most: number; usual: number }) {
  return wholeNumber(1, most).default(usual).openapi({ default: usual });
}

const pageLimit = countAtATime({ most: 200, usual: 50 });

/** A query parameter that says yes or no. */
export const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] });

/** A query parameter that is looked for in names and the like. */
export const searchText = z
  .string()
  .max(200)
  .refine((value) => !value.includes('\u0000'), 'must not contain NUL');

/** The query parameters of every list. */
export const pageQuery = {
  limit: pageLimit,
  cursor: decoded(keyset).optional(),
};

export function pageRequest({ limit, cursor }: { limit: number; cursor?: [string, string] | undefined }): PageRequest {
  return { limit, after: cursor ? { at: new Date(cursor[0]), id: cursor[1] } : null };
}

export function nextCursor(next: Keyset | null): string | null {
  return next && encode([next.at.toISOString(), next.id]);
}

/** The query parameters of a feed that is polled. */
export const feedQuery = {
  limit: pageLimit,
  after: decoded(feedPosition).optional(),
};

export function feedRequest({ limit, after }: { limit: number; after?: [string, string] | undefined }): { limit: number; after: FeedPosition | null } {
  return { limit, after: after ? { txid: after[0], id: after[1] } : null };
}

export function feedCursor(position: FeedPosition): string {
  return encode([position.txid, position.id]);
}

/** The position that a cursor of the feed stands for; undefined for one that was made up. */
export function feedPositionOf(cursor: string): FeedPosition | undefined {
  const { data } = decoded(feedPosition).safeParse(cursor);
  return data && { txid: data[0], id: data[1] };
}
