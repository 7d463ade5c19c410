import { operation } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { answerPreview } from '../preview/answer-preview.ts';
import { ofSurface, previewRoute } from '../preview/preview-route.ts';
import { sampleReport } from '../preview/sample-report.ts';

const route = previewRoute({
  path: '/v1/agencies/{agencyId}/brand/preview/{surface}',
  operationId: 'previewBrand',
  summary: "The agency's brand on a sample report",
  params: inAgency.extend(ofSurface),
});

/** `GET /v1/agencies/{agencyId}/brand/preview/{surface}` */
export const previewBrand = operation({
  route,
  handler: async (c) => {
    const { surface } = c.req.valid('param');
    return (await answerPreview(c, { surface, clientId: null, report: sampleReport, draft: c.req.valid('query') })) as never;
  },
});
