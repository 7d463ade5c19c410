import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from '../environment.ts';
import { isRead } from '../is-read.ts';
import { type Refused, refused } from '../refused.ts';

/**
 * Refuses larger bodies as `VALIDATION_FAILED`, if nothing else is said. A read is let through unseen: nobody reads a body of it, and a look at whether there
 * is one makes the whole request anew. So is a body whose length is told: Node holds it to that, and one that was looked at and then not read to its end
 * would cost the caller the connection in the middle of the next request.
 */
export function limitBody(maxSize: number, refuse: (size: string) => Refused = refuseBody): MiddlewareHandler<AppEnv> {
  const tooLarge = () => {
    throw refuse(sizeInWords(maxSize));
  };
  const limit = bodyLimit({ maxSize, onError: tooLarge });
  return (c, next) => {
    if (isRead(c.req.method)) return next();
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return limit(c, next);
    return Number(length) > maxSize ? tooLarge() : next();
  };
}

function refuseBody(size: string): Refused {
  return refused('VALIDATION_FAILED', { errors: [{ pointer: '', message: `the body is larger than ${size}` }] });
}

function sizeInWords(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes} KB` : `${kilobytes / 1024} MB`;
}
