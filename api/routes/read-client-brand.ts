import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { findBrand } from '../brand/find-brand.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { brandETag, brandSchema, presentBrand } from '../representations/brand.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/brand',
  operationId: 'readClientBrand',
  tags: ['White label'],
  summary: 'Read what a client has of its own, and what its reports show',
  middleware: permit('clients.read'),
  request: { params: inClient },
  responses: { 200: jsonResponse('The brand.', brandSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/brand` */
export const readClientBrand = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const owner = { agencyId, clientId: c.req.valid('param').clientId };
    const brand = presentBrand(owner, await readInTenant(deps.db, sight, (reader) => findBrand(reader, owner)));
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
