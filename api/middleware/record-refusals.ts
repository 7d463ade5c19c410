import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { z } from 'zod';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant } from '../../db/tenant.ts';
import type { ClientId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { isRead } from '../is-read.ts';

/** Refusals that say nothing of what was tried: it may be tried again as it is. */
const passing: readonly string[] = ['RATE_LIMITED', 'TEMPORARILY_UNAVAILABLE'];

/**
 * Writes into the history what somebody who belongs to an account tried to change there and was refused: which operation and why, nothing of what was
 * sent. Who is refused again and again is written down once a second.
 */
export const recordRefusals = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (isRead(c.req.method)) return;
  const { refusal, replayed, caller } = c.var.canonical;
  if (refusal === undefined || replayed || passing.includes(refusal)) return;
  // Known only once the caller is known to belong to the account.
  if (!c.var.agencyId || c.var.deps.limits.recordedAttempts.take(caller ?? '') > 0) return;
  try {
    await record(c, refusal);
  } catch (error) {
    // Nothing was changed that could be undone for want of its record.
    c.var.deps.log.warn({ err: error, requestId: c.var.requestId }, 'a refused attempt is not in the history');
  }
});

async function record(c: AppContext, code: string): Promise<void> {
  const { agencyId, actor, deps } = c.var;
  const route = routePath(c, -1).replaceAll(/:(\w+)/g, '{$1}');
  const { clientId, projectId, onboardingId } = idsIn(route, c.req.path);
  await inTenant(deps.db, agencyId, (tx) =>
    recordEvent(tx, {
      agencyId,
      actor,
      kind: 'attempt.refused',
      clientId: (clientId ?? null) as ClientId | null,
      projectId: (projectId ?? null) as ProjectId | null,
      onboardingId: (onboardingId ?? null) as OnboardingId | null,
      after: { operation: `${c.req.method} ${route}`, code },
    }),
  );
}

/** The ids that the path names, by the names of its parameters. Whether there is such a record is no matter: that it was named is what happened. */
function idsIn(route: string, path: string): Record<string, string> {
  const segments = path.split('/');
  const named = route.split('/').map((segment, index): [string, string] => [segment.slice(1, -1), (segments[index] ?? '').toLowerCase()]);
  return Object.fromEntries(named.filter(([, value]) => z.uuid().safeParse(value).success));
}
