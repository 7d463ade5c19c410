import { permit } from '../auth/permit.ts';
import { uploadLogo } from '../brand/upload-logo.ts';
import { createRoute, imageBody, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { brandETag, brandSchema } from '../representations/brand.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/brand/logo',
  operationId: 'uploadBrandLogo',
  tags: ['White label'],
  summary: "Upload the agency's logo",
  description: 'PNG, JPEG, WebP or plain SVG, told by its content. It is made anew from its pixels and served by Foyer.',
  middleware: permit('brand.write'),
  request: { params: inAgency, headers: z.object({ 'if-match': z.string().optional() }), body: imageBody() },
  responses: {
    200: jsonResponse('The brand.', brandSchema),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'WHITE_LABEL_NOT_ELIGIBLE', 'AGENCY_PLAN_INELIGIBLE', 'VERSION_CONFLICT', 'LOGO_UNSAFE', 'VALIDATION_FAILED'),
  },
});

/** `PUT /v1/agencies/{agencyId}/brand/logo` */
export const uploadBrandLogo = operation({
  route,
  handler: async (c) => {
    const brand = await uploadLogo(c, { agencyId: c.var.agencyId, clientId: null });
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
