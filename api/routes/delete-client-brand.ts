import { permit } from '../auth/permit.ts';
import { removeClientBrand } from '../brand/remove-client-brand.ts';
import { createRoute, operation, problems, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/brand',
  operationId: 'deleteClientBrand',
  tags: ['White label'],
  summary: "Let a client's reports show the agency's brand again",
  middleware: permit('brand.write'),
  request: { params: inClient, headers: z.object({ 'if-match': z.string().optional() }) },
  responses: {
    204: { description: 'Everything inherits.' },
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'CLIENT_ARCHIVED', 'VERSION_CONFLICT', 'VALIDATION_FAILED'),
  },
});

/** `DELETE /v1/agencies/{agencyId}/clients/{clientId}/brand` */
export const deleteClientBrand = operation({
  route,
  handler: async (c) => {
    await removeClientBrand(c, c.req.valid('param').clientId);
    return c.body(null, 204);
  },
});
