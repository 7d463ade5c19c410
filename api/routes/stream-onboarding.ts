import { createHash } from 'node:crypto';
import { onboardingSubject } from '../../db/channels.ts';
import type { TenantSight } from '../../db/tenant.ts';
import { isEnded } from '../../domain/onboarding.ts';
import { permit } from '../auth/permit.ts';
import { findOnboarding } from '../find-onboarding.ts';
import { follow, sayStillHere } from '../follow.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inOnboarding } from '../path-parameters.ts';
import { onboardingSchema } from '../representations/onboarding.ts';

/** A line now and then keeps proxies from closing a quiet stream; it is also when a lost telling is noticed. */
const lookAgainMs = 10_000;

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

    let shown = '';
    const stream = follow(c, {
      subscribe: (onChange) => deps.watches.onboardings.subscribe(onboardingSubject(agencyId, onboardingId), onChange),
      lookAgainMs,
      async tell(sse, { sight }) {
        const current = await read(sight);
        if (current.id === shown) await sayStillHere(sse);
        else await sse.writeSSE({ event: 'onboarding', id: current.id, data: current.data });
        shown = current.id;
        return current.ended ? 'ended' : 'all';
      },
    });
    return stream as never;
  },
});
