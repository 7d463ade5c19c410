import type { z } from 'zod';
import type { FieldError } from '../domain/refusal.ts';

/** Zod's issues as pointers (RFC 6901) below `prefix`: '' for a body, `/query` and the like for the rest of a request. */
export function fieldErrors({ issues }: Pick<z.core.$ZodError, 'issues'>, prefix: string): FieldError[] {
  return issues.map(({ path, message }) => ({
    pointer: prefix + path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message,
  }));
}
