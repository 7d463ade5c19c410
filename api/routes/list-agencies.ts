import { readAgency } from '../../db/read/agency.ts';
import { readInTenant } from '../../db/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import { standingIn } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { refused } from '../refused.ts';
import { agencySchema, presentAgency } from '../representations/agency.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies',
  operationId: 'listAgencies',
  tags: ['Agencies'],
  summary: 'List the agency workspaces of the caller',
  responses: {
    200: jsonResponse('The workspaces; none for a direct account.', z.object({ items: z.array(agencySchema), nextCursor: z.string().nullable() })),
    ...problems(),
  },
});

/** `GET /v1/agencies` */
export const listAgencies = operation({
  route,
  handler: async (c) => {
    const { caller, deps } = c.var;
    const standings = accountIdsOf(caller).flatMap((accountId) => standingIn(caller, accountId) ?? []);
    const readable = standings.filter(({ may }) => may('clients.read'));
    if (caller.kind !== 'person' && readable.length === 0) throw refused('AGENCY_ROLE_REQUIRED');
    const agencies = await Promise.all(
      readable
        .filter(({ accountKind }) => accountKind === 'agency')
        .map(({ accountId, sight }) => readInTenant(deps.db, sight, (reader) => readAgency(reader, accountId))),
    );
    return c.json({ items: agencies.flatMap((agency) => (agency ? [presentAgency(agency)] : [])), nextCursor: null }, 200);
  },
});

function accountIdsOf(caller: Caller): string[] {
  switch (caller.kind) {
    case 'person':
      return caller.memberships.map(({ accountId }) => accountId);
    case 'apiKey':
      return [caller.accountId];
    case 'operator':
      return [];
  }
}
