import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { findBrand } from '../brand/find-brand.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { brandETag, brandSchema, presentBrand } from '../representations/brand.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/brand',
  operationId: 'readBrand',
  tags: ['White label'],
  summary: "Read the agency's brand, and what reports show of it",
  middleware: permit('clients.read'),
  request: { params: inAgency },
  responses: { 200: jsonResponse('The brand.', brandSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/brand` */
export const readBrand = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const owner = { agencyId, clientId: null };
    const brand = presentBrand(owner, await readInTenant(deps.db, sight, (reader) => findBrand(reader, owner)));
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
