import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { withoutToken } from '../../domain/surface-path.ts';
import { clientAddress } from '../client-address.ts';
import type { AppEnv, CanonicalFields, Deps } from '../environment.ts';

/**
 * What every request has: what the API is made of, an id that the answer, the log and a problem document share, and one line in the log and one
 * observation in the metrics once it is answered.
 */
export function requestScope(deps: Deps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set('deps', deps);
    c.set('requestId', requestId);
    const canonical: CanonicalFields = {};
    c.set('canonical', canonical);
    c.set('clientAddress', clientAddress(c, deps.trustedProxies));
    c.header('X-Request-Id', requestId);
    await next();
    const { method } = c.req;
    const path = withoutToken(c.req.path);
    const { status } = c.res;
    const ms = performance.now() - startedAt;
    const route = status === 404 && !canonical.refusal ? 'none' : routePath(c, -1);
    deps.metrics.observeRequest({ method, route, status, seconds: ms / 1000 });
    deps.log.info({ requestId, method, path, route, status, ms: Math.round(ms * 10) / 10, ...canonical }, 'request');
  });
}
