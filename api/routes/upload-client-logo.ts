import { permit } from '../auth/permit.ts';
import { uploadLogo } from '../brand/upload-logo.ts';
import { createRoute, imageBody, jsonResponse, operation, problems, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { brandETag, brandSchema } from '../representations/brand.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/brand/logo',
  operationId: 'uploadClientLogo',
  tags: ['White label'],
  summary: "Upload a logo for one client's reports",
  description: 'PNG, JPEG, WebP or plain SVG, told by its content. It is made anew from its pixels and served by Foyer.',
  middleware: permit('brand.write'),
  request: { params: inClient, headers: z.object({ 'if-match': z.string().optional() }), body: imageBody() },
  responses: {
    200: jsonResponse('The brand.', brandSchema),
    ...problems(
      'AGENCY_ACCOUNT_REQUIRED',
      'WHITE_LABEL_NOT_ELIGIBLE',
      'AGENCY_PLAN_INELIGIBLE',
      'VERSION_CONFLICT',
      'LOGO_UNSAFE',
      'CLIENT_ARCHIVED',
      'VALIDATION_FAILED',
    ),
  },
});

/** `PUT /v1/agencies/{agencyId}/clients/{clientId}/brand/logo` */
export const uploadClientLogo = operation({
  route,
  handler: async (c) => {
    const brand = await uploadLogo(c, { agencyId: c.var.agencyId, clientId: c.req.valid('param').clientId });
    return c.json(brand, 200, { ETag: brandETag(brand) });
  },
});
