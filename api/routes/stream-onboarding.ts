import { createHash } from 'node:crypto';
import { streamSSE } from 'hono/streaming';
import type { TenantSight } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { isEnded } from '../../domain/onboarding.ts';
import { callerOf } from '../auth/authenticate.ts';
import { permit, standingIn } from '../auth/permit.ts';
import type { AppContext } from '../environment.ts';
import { findOnboarding } from '../find-onboarding.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inOnboarding } from '../path-parameters.ts';
import { Refused } from '../refused.ts';
import { onboardingSchema } from '../representations/onboarding.ts';

/** A line now and then keeps proxies from closing a quiet stream; it is also when a lost telling is noticed. */
const heartbeatMs = 10_000;
/** Then the reader connects again. */
const longestStreamMs = 15 * 60_000;

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/onboardings/{onboardingId}/events',
  operationId: 'streamOnboarding',
  tags: ['Onboardings'],
  summary: 'Follow an onboarding as server-sent events',
  description: 'Sends the onboarding at once and at every change, as events named `onboarding`, and closes when it has ended.',
  middleware: permit('clients.read'),
  request: { params: inOnboarding },
  responses: {
    200: { description: 'The stream; each `data` is an Onboarding.', content: { 'text/event-stream': { schema: onboardingSchema } } },
    204: { description: 'The reader has seen the end already.' },
    ...problems('AGENCY_ACCOUNT_REQUIRED'),
  },
});

/** `GET /v1/agencies/{agencyId}/onboardings/{onboardingId}/events` */
export const streamOnboarding = operation({
  route,
  handler: async (c) => {
    const { agencyId, deps } = c.var;
    const { onboardingId } = c.req.valid('param');
    const read = async (sight: TenantSight) => {
      const onboarding = await findOnboarding(deps, sight, onboardingId);
      const data = JSON.stringify(onboarding);
      return { data, id: createHash('sha256').update(data).digest('base64url').slice(0, 22), ended: isEnded(onboarding.state) };
    };
    const first = await read(c.var.sight);
    if (first.ended && c.req.header('last-event-id') === first.id) return c.body(null, 204) as never;

    c.header('X-Accel-Buffering', 'no');
    const stream = streamSSE(c, async (sse) => {
      let changed = Promise.withResolvers<void>();
      const wake = () => changed.resolve();
      const unsubscribe = deps.watch.subscribe(agencyId, onboardingId, wake);
      sse.onAbort(wake);
      deps.stopping.addEventListener('abort', wake);
      const end = Date.now() + longestStreamMs;
      try {
        // Read again behind the subscription: what changed in between would be missed otherwise.
        let shown = '';
        for (let current = await readNow(c, agencyId, read); current; current = await readNow(c, agencyId, read)) {
          if (current.id !== shown) await sse.writeSSE({ event: 'onboarding', id: current.id, data: current.data });
          else await sse.write(': still here\n\n');
          shown = current.id;
          if (current.ended || Date.now() > end) return;
          const timer = setTimeout(wake, heartbeatMs);
          await changed.promise;
          clearTimeout(timer);
          changed = Promise.withResolvers();
          if (sse.aborted || deps.stopping.aborted) return;
        }
      } finally {
        unsubscribe();
        deps.stopping.removeEventListener('abort', wake);
      }
    });
    return stream as never;
  },
});

/** What the caller is shown now; undefined once the credential, the membership or the sight is gone. */
async function readNow<T>(c: AppContext, agencyId: AgencyId, read: (sight: TenantSight) => Promise<T>): Promise<T | undefined> {
  const caller = await callerOf(c);
  const standing = caller && standingIn(caller, agencyId);
  if (!standing?.may('clients.read')) return undefined;
  return read(standing.sight).catch((error) => {
    if (error instanceof Refused && error.refusal.code === 'NOT_FOUND') return undefined;
    throw error;
  });
}
