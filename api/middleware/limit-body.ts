import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from '../environment.ts';
import { type Refused, refused } from '../refused.ts';

const bodyless: readonly string[] = ['GET', 'HEAD'];

/** Refuses larger bodies as `VALIDATION_FAILED`, if nothing else is said. A read is let through unseen: nobody reads a body of it, and a look at whether there is one makes the whole request anew. */
export function limitBody(maxSize: number, refuse: (size: string) => Refused = refuseBody): MiddlewareHandler<AppEnv> {
  const limit = bodyLimit({
    maxSize,
    onError: () => {
      throw refuse(sizeInWords(maxSize));
    },
  });
  return (c, next) => (bodyless.includes(c.req.method) ? next() : limit(c, next));
}

function refuseBody(size: string): Refused {
  return refused('VALIDATION_FAILED', { errors: [{ pointer: '', message: `the body is larger than ${size}` }] });
}

function sizeInWords(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes} KB` : `${kilobytes / 1024} MB`;
}
