import { brandRequest } from '../../domain/brand.ts';
import { permit } from '../auth/permit.ts';
import { setBrand as setBrandOf } from '../brand/set-brand.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { brandETag, brandSchema } from '../representations/brand.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/brand',
  operationId: 'setBrand',
  tags: ['White label'],
  summary: "Set the agency's brand",
  description:
    'What is left out stays as it is; a blank is the account name, no logo, a neutral colour, no footer. A logo is fetched once from its https address, made anew and served by Foyer. A brand claims no certification, guarantee or scanning of its own.',
  middleware: permit('brand.write'),
  request: { params: inAgency, headers: z.object({ 'if-match': z.string().optional() }), body: jsonBody(brandRequest) },
  responses: {
    200: jsonResponse('The brand.', brandSchema),
    ...bodyProblems('AGENCY_ACCOUNT_REQUIRED', 'WHITE_LABEL_NOT_ELIGIBLE', 'AGENCY_PLAN_INELIGIBLE', 'VERSION_CONFLICT', 'LOGO_UNSAFE'),
  },
});

/** `PUT /v1/agencies/{agencyId}/brand` */
export const setBrand = operation({
  route,
  handler: async (c) => {
    const brand = await setBrandOf(c, { agencyId: c.var.agencyId, clientId: null }, c.req.valid('json'));
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
