import { expect } from 'vitest';
import { withoutRequestId } from '../../harness/answers.ts';
import type { Answer, ApiRequest } from '../../harness/api.ts';
import { bodySchemaOf } from '../../harness/openapi.ts';
import { type KnownOperation, type RequestChanges, requestOf, withQuery } from './known-operations.ts';
import type { World } from './world.ts';

/** A place where a request names a record of a tenant. */
export interface IdPosition {
  in: 'path' | 'query' | 'body';
  name: string;
}

/** Where a request of the operation names a record: parameters of path and query, and fields of the body, by their format. */
export function idPositions(operation: KnownOperation): IdPosition[] {
  const parameters = operation.parameters
    .filter(({ schema, in: where }) => schema.format === 'uuid' && where !== 'header')
    .map(({ name, in: where }) => ({ in: where === 'path' ? ('path' as const) : ('query' as const), name }));
  const fields = Object.entries(bodySchemaOf(operation)?.properties ?? {}).filter(([, { format }]) => format === 'uuid');
  return [...parameters, ...fields.map(([name]) => ({ in: 'body' as const, name }))].filter(({ name }) => name !== 'agencyId' && name !== 'accountId');
}

/** The operation's request by this caller, naming the record `id` at one position. */
export function naming(operation: KnownOperation, world: World, by: RequestChanges, { in: where, name, id }: IdPosition & { id: string }): ApiRequest {
  if (where === 'path') return requestOf(operation, world, { ...by, ids: { [name]: id } });
  if (where === 'body') return requestOf(operation, world, { ...by, body: { ...operation.body(world), [name]: id } });
  return withQuery(requestOf(operation, world, by), `${name}=${id}`);
}

/** Whatever an answer tells: its status, its headers but for the request id, its body but for it. */
export function told(answer: Answer): unknown {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
  return { status: answer.status, headers, body: withoutRequestId(answer) };
}

/** How the operation answers there for a record that is not there: the filter of a list or an export finds nothing, everything else is refused. */
export function nothingThere({ operationId }: KnownOperation, position: IdPosition): object {
  const [what] = position.in === 'query' ? (/^list|^export/.exec(operationId) ?? []) : [];
  if (what === 'list') return { status: 200, body: { items: [] } };
  if (what === 'export') return { status: 200, text: '' };
  return { status: expect.toSatisfy((status) => [404, 409, 422].includes(status)) };
}
