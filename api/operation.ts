import { createRoute, type OpenAPIRoute, type RouteConfig, z } from '@hono/zod-openapi';
import type { z as zod } from 'zod';
import { type RefusalCode, refusals } from '../domain/refusal.ts';
import type { AppEnv } from './environment.ts';
import { problemSchema } from './problem.ts';

/** One operation of the API: its route and its handler. */
export function operation<R extends RouteConfig>(definition: Pick<OpenAPIRoute<R, AppEnv>, 'route' | 'handler'>) {
  return definition;
}

/** A JSON body that must be there: without `required` a missing content type would skip its validation. */
export function jsonBody<Schema extends zod.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

type BodyContent = NonNullable<NonNullable<RouteConfig['request']>['body']>['content'][string];
type BodySchema = NonNullable<Extract<BodyContent, { schema?: unknown }>['schema']>;

/**
 * Rows in JSON or in CSV. The document tells what both are like; the handler reads whichever came, for a validator of JSON that must be there would
 * refuse the other. Types of zod and of the document know different drafts of JSON Schema, which is why one is taken for the other here.
 */
export function jsonOrCsvBody<Schema extends zod.ZodType>(schema: Schema) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => orNull(jsonSchema) });
  return { required: true, content: { 'application/json': { schema: json as BodySchema }, 'text/csv': { schema: { type: 'string' } } } } as const;
}

/** "This or null" in the way of the rest of the document: a type of two names. */
function orNull(schema: zod.core.JSONSchema.BaseSchema): void {
  const [one, other] = schema.anyOf ?? [];
  if (!one?.type || other?.type !== 'null') return;
  delete schema.anyOf;
  Object.assign(schema, one, { type: [one.type, 'null'] });
}

/** An image in the body, of whatever type it turns out to be. */
export function imageBody() {
  const schema = { type: 'string', format: 'binary' } as const;
  return { required: true, content: { 'image/png': { schema }, 'image/jpeg': { schema }, 'image/webp': { schema }, 'image/svg+xml': { schema } } } as const;
}

export function jsonResponse<Schema extends zod.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } } as const;
}

/** What every guarded operation may answer. */
const always = ['UNAUTHENTICATED', 'AGENCY_ROLE_REQUIRED', 'NOT_FOUND', 'RATE_LIMITED', 'TEMPORARILY_UNAVAILABLE'] as const satisfies RefusalCode[];

/** The refusals of an operation as responses of the document, one a status, its codes named. Handlers throw them, so they are not in its type. */
export function problems(...codes: RefusalCode[]): Record<never, never> {
  const byStatus = Map.groupBy(new Set<RefusalCode>([...always, ...codes]), (code) => refusals[code].status);
  const content = { 'application/problem+json': { schema: problemSchema } };
  const refused = [...byStatus].map(([status, named]) => [status, { description: named.map((code) => `\`${code}\``).join(', '), content }]);
  return Object.fromEntries([...refused, [500, { description: 'An error of Foyer; logged, and told by its request id alone.', content }]]);
}

/** The same for an operation with a body, whose JSON may be unreadable. */
export function bodyProblems(...codes: RefusalCode[]): Record<never, never> {
  const content = { 'application/problem+json': { schema: problemSchema } };
  return { 400: { description: '`VALIDATION_FAILED`: the body is not JSON that can be read.', content }, ...problems('VALIDATION_FAILED', ...codes) };
}

export { createRoute, z };
