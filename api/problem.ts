import { z } from '@hono/zod-openapi';
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { nextActionOf, type Refusal, refusalCodes, refusals } from '../domain/refusal.ts';
import { isSurface } from '../domain/surface-path.ts';
import { PressBusy } from '../report/pdf-press.ts';
import type { AppContext, AppEnv } from './environment.ts';
import { Refused } from './refused.ts';
import { answerSurfaceRefusal } from './surfaces/answer-page.ts';
import { answerUnknownPage } from './web-app.ts';

/** Seconds after which a refusal that passes by itself is worth another try. */
const defaultRetryAfterSeconds = 2;

/** RFC 9457, with Foyer's `code`, `nextAction` and `requestId`. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: '/docs/refusals/CLIENT_LIMIT_REACHED' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().openapi({ description: 'This occurrence: the request id as a URN.' }),
    code: z.enum([...refusalCodes, 'INTERNAL_ERROR']),
    nextAction: z.object({ label: z.string(), path: z.string().optional() }),
    requestId: z.uuid(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
    reason: z.string().optional().openapi({ description: 'Tells refusals of one code apart, where several can be met.' }),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;

/** Every refusal and every error leaves the API here. */
export const answerError: ErrorHandler<AppEnv> = (error, c) => {
  if (error instanceof Refused) return refuse(c, error.refusal);
  if (error instanceof HTTPException && error.status < 500) return answerHttpError(c, error);
  if (error instanceof PressBusy) return refuse(c, { code: 'TEMPORARILY_UNAVAILABLE' });
  if (isDatabaseAway(error)) {
    c.var.deps.log.warn({ err: error, requestId: c.var.requestId }, 'database away');
    return refuse(c, { code: 'TEMPORARILY_UNAVAILABLE' });
  }
  c.var.deps.log.error({ err: error, requestId: c.var.requestId }, 'unexpected error');
  if (isSurface(c.req.path)) return answerSurfaceRefusal(c, 'INTERNAL_ERROR');
  return answer(c, {
    code: 'INTERNAL_ERROR',
    title: 'Internal error',
    status: 500,
    detail: 'Something went wrong in Foyer; it has been logged.',
    nextAction: { label: 'Send the request again later; if it stays, name the requestId to support.' },
  });
};

export const answerNotFound: NotFoundHandler<AppEnv> = async (c) => {
  if (isSurface(c.req.path)) return answerSurfaceRefusal(c, 'NOT_FOUND');
  return (await answerUnknownPage(c)) ?? answerRefusal(c, { code: 'NOT_FOUND' });
};

/** In a page for whoever follows a client's link, in a problem document for everyone else. */
function refuse(c: AppContext, refusal: Refusal) {
  return isSurface(c.req.path) ? answerSurfaceRefusal(c, refusal.code) : answerRefusal(c, refusal);
}

/** @param status where the case at hand has another one than the table: unreadable JSON is 400. */
export function answerRefusal(c: AppContext, { code, detail, errors, about, reason, retryAfterSeconds }: Refusal, status?: number): Response {
  const rule = refusals[code];
  c.var.canonical.refusal = code;
  if (rule.status === 503 || rule.status === 429) c.header('Retry-After', String(retryAfterSeconds ?? defaultRetryAfterSeconds));
  if (rule.status === 401) c.header('WWW-Authenticate', 'Bearer realm="foyer"');
  return answer(c, {
    code,
    title: rule.title,
    status: status ?? rule.status,
    detail: detail ?? rule.detail,
    nextAction: nextActionOf(code, about),
    ...(errors && { errors }),
    ...(reason !== undefined && { reason }),
  });
}

/** What the framework itself refuses: JSON that cannot be read, and a body of another type. */
function answerHttpError(c: AppContext, { status }: HTTPException): Response {
  const refusal: Refusal =
    status === 400
      ? { code: 'VALIDATION_FAILED', detail: 'The body is not JSON that can be read.', errors: [{ pointer: '', message: 'must be one JSON value' }] }
      : { code: 'VALIDATION_FAILED', errors: [{ pointer: '/headers/content-type', message: 'must be application/json' }] };
  return answerRefusal(c, refusal, status === 400 ? 400 : undefined);
}

function answer(c: AppContext, problem: Omit<Problem, 'type' | 'instance' | 'requestId'>): Response {
  const { requestId } = c.var;
  const body = {
    type: problem.code === 'INTERNAL_ERROR' ? 'about:blank' : `/docs/refusals/${problem.code}`,
    instance: `urn:uuid:${requestId}`,
    requestId,
    ...problem,
  };
  return c.body(JSON.stringify(body), { status: problem.status as 500, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } });
}

/**
 * Connection failures (no SQLSTATE of a statement), the states in which Postgres turns callers away or has just become another server's standby, and
 * a statement that was stopped because it took too long or stood in another's way.
 */
function isDatabaseAway(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : '';
  const lost = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connection error and is not queryable/;
  // Nothing else that a request reaches is connected to by the process itself without a refusal of its own.
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[123]|57014|40P01|25006|53300|08...)$/.test(code) || lost.test(error.message);
}
