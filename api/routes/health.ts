import { pendingMigrations } from '../../db/read/pending-migrations.ts';
import type { Deps } from '../environment.ts';
import { createRoute, jsonResponse, operation, z } from '../operation.ts';

const parts = ['database', 'migrations', 'temporal'] as const;
const readinessReport = z.object({ ready: z.boolean(), checks: z.record(z.enum(parts), z.enum(['ok', 'failed'])) });

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'healthz',
  tags: ['Operations'],
  summary: 'Is the process alive?',
  security: [],
  responses: { 200: jsonResponse('It is.', z.object({ alive: z.literal(true) })) },
});

/** `GET /healthz` */
export const healthz = operation({ route: aliveRoute, handler: (c) => c.json({ alive: true as const }, 200) });

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'readyz',
  tags: ['Operations'],
  summary: 'Are database, migrations and Temporal there?',
  security: [],
  responses: { 200: jsonResponse('All there.', readinessReport), 503: jsonResponse('Something is missing; `checks` says what.', readinessReport) },
});

/** `GET /readyz` */
export const readyz = operation({
  route: readyRoute,
  handler: async (c) => {
    const [pending, temporal] = await Promise.all([findPending(c.var.deps), c.var.deps.temporal.isReachable()]);
    const checks = {
      database: pending === undefined ? 'failed' : 'ok',
      migrations: pending?.length === 0 ? 'ok' : 'failed',
      temporal: temporal ? 'ok' : 'failed',
    } as const;
    const ready = parts.every((part) => checks[part] === 'ok');
    return c.json({ ready, checks }, ready ? 200 : 503);
  },
});

async function findPending({ db, log }: Deps): Promise<string[] | undefined> {
  try {
    return await pendingMigrations(db);
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer');
    return undefined;
  }
}

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'metrics',
  tags: ['Operations'],
  summary: 'Metrics for Prometheus',
  security: [],
  responses: { 200: { description: 'In the text format.', content: { 'text/plain': { schema: z.string() } } } },
});

/** `GET /metrics` */
export const metrics = operation({
  route: metricsRoute,
  handler: async (c) => c.body(await c.var.deps.metrics.render(), 200, { 'Content-Type': c.var.deps.metrics.contentType }) as never,
});
