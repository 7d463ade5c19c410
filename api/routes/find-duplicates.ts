import { clientLookalikes } from '../../db/read/client-lookalikes.ts';
import { readInTenant } from '../../db/tenant.ts';
import { clientName, externalReference } from '../../domain/client.ts';
import { domainName } from '../../domain/text.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { lookalikeSchema } from '../representations/duplicate.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/duplicates',
  operationId: 'findDuplicates',
  tags: ['Clients'],
  summary: 'Clients that may be the one that is about to be created',
  description:
    'By a name that is the same but for spelling, punctuation and legal form, by a domain, or by an external reference. At most twenty, oldest first.',
  middleware: permit('clients.write'),
  request: {
    params: inAgency,
    query: z.object({ name: clientName.optional(), domain: domainName.optional(), reference: externalReference.optional() }),
  },
  responses: {
    200: jsonResponse('The lookalikes.', z.object({ items: z.array(lookalikeSchema) })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients/duplicates` */
export const findDuplicates = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { name = null, domain = null, reference = null } = c.req.valid('query');
    if (name === null && domain === null && reference === null) {
      throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/query', message: 'must have a name, a domain or a reference' }] });
    }
    const items = await readInTenant(deps.db, sight, (reader) => clientLookalikes(reader, agencyId, { name, domain, reference }));
    return c.json({ items }, 200);
  },
});
