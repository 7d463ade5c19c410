import { memberMay, roles, scopes } from '../../domain/permission.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';

const account = z.object({ id: z.uuid(), kind: z.enum(['agency', 'direct']), name: z.string() });

const meSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('person'),
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      accounts: z.array(
        account.extend({
          role: z.enum(roles),
          restricted: z.boolean().openapi({ description: 'Whether some clients only are seen there.' }),
          workflowsUrl: z.url().nullable().openapi({
            description: 'Where the Temporal UI shows workflows, each below it by its id; for owners and admins, where this Foyer has one for them.',
          }),
        }),
      ),
      currentAccountId: z.uuid().nullable().openapi({ description: 'The account last switched to; null before the first switch.' }),
    }),
    z.object({ kind: z.literal('apiKey'), name: z.string(), scopes: z.array(z.enum(scopes)), accounts: z.array(account) }),
    z.object({ kind: z.literal('operator'), name: z.string(), scopes: z.array(z.enum(scopes)), accounts: z.array(account) }),
  ])
  .openapi('Caller');

const route = createRoute({
  method: 'get',
  path: '/v1/me',
  operationId: 'readMe',
  tags: ['Callers'],
  summary: 'Who calls: a person and their accounts and roles, or a key and its scopes',
  responses: { 200: jsonResponse('The caller.', meSchema), ...problems() },
});

/** `GET /v1/me` */
export const readMe = operation({
  route,
  handler: (c) => {
    const { caller } = c.var;
    switch (caller.kind) {
      case 'operator':
        return c.json({ kind: 'operator' as const, name: 'platform operator', scopes: [], accounts: [] }, 200);
      case 'apiKey': {
        const own = { id: caller.accountId, kind: caller.accountKind, name: caller.accountName };
        return c.json({ kind: 'apiKey' as const, name: caller.keyName, scopes: [...caller.scopes], accounts: [own] }, 200);
      }
      case 'person': {
        const { workflowsUrl = null } = c.var.deps;
        const accounts = caller.memberships.map(({ accountId, accountKind, accountName, role, clientIds }) => ({
          id: accountId,
          kind: accountKind,
          name: accountName,
          role,
          restricted: clientIds !== null,
          workflowsUrl: memberMay({ role, clientIds }, 'workflows.inspect') ? workflowsUrl : null,
        }));
        const { personId, name, email, currentAccountId } = caller;
        return c.json({ kind: 'person' as const, id: personId, name, email, accounts, currentAccountId }, 200);
      }
    }
  },
});
