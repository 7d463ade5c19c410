import type { z } from 'zod';
import type { FieldError } from '../domain/refusal.ts';

/** Zod's issues as pointers (RFC 6901) below `prefix`: '' for a body, `/query` and the like for the rest of a request. */
export function fieldErrors({ issues }: Pick<z.core.$ZodError, 'issues'>, prefix: string): FieldError[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    // Zod points at what has the fields, and names them in the message alone.
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: prefix + pointerTo([...path, key]), message: 'is not known here' }));
    return { pointer: prefix + pointerTo(path), message };
  });
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
