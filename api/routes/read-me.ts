import { scopes } from '../../domain/permission.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';

const meSchema = z
  .object({
    kind: z.enum(['apiKey', 'operator']),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    accounts: z.array(z.object({ id: z.uuid(), kind: z.enum(['agency', 'direct']), name: z.string() })),
  })
  .openapi('Caller');

const route = createRoute({
  method: 'get',
  path: '/v1/me',
  operationId: 'readMe',
  tags: ['Callers'],
  summary: 'Who calls, for which account, with which scopes',
  responses: { 200: jsonResponse('The caller.', meSchema), ...problems() },
});

/** `GET /v1/me` */
export const readMe = operation({
  route,
  handler: (c) => {
    const { caller } = c.var;
    if (caller.kind === 'operator') return c.json({ kind: 'operator' as const, name: 'platform operator', scopes: [], accounts: [] }, 200);
    const account = { id: caller.accountId, kind: caller.accountKind, name: caller.accountName };
    return c.json({ kind: 'apiKey' as const, name: caller.keyName, scopes: [...caller.scopes], accounts: [account] }, 200);
  },
});
