import { brandRequest } from '../../domain/brand.ts';
import { permit } from '../auth/permit.ts';
import { setBrand } from '../brand/set-brand.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { brandETag, brandSchema } from '../representations/brand.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/brand',
  operationId: 'setClientBrand',
  tags: ['White label'],
  summary: "Set what a client has of its own over the agency's brand",
  description: "What is left out stays as it is; a blank is the agency's, field by field.",
  middleware: permit('brand.write'),
  request: { params: inClient, headers: z.object({ 'if-match': z.string().optional() }), body: jsonBody(brandRequest) },
  responses: {
    200: jsonResponse('The brand.', brandSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'WHITE_LABEL_NOT_ELIGIBLE', 'AGENCY_PLAN_INELIGIBLE', 'VERSION_CONFLICT', 'LOGO_UNSAFE', 'CLIENT_ARCHIVED'),
  },
});

/** `PUT /v1/agencies/{agencyId}/clients/{clientId}/brand` */
export const setClientBrand = operation({
  route,
  handler: async (c) => {
    const brand = await setBrand(c, { agencyId: c.var.agencyId, clientId: c.req.valid('param').clientId }, c.req.valid('json'));
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
