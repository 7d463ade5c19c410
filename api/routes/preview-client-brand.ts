import { operation } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { answerPreview } from '../preview/answer-preview.ts';
import { ofSurface, previewRoute } from '../preview/preview-route.ts';
import { sampleReport } from '../preview/sample-report.ts';

const route = previewRoute({
  path: '/v1/agencies/{agencyId}/clients/{clientId}/brand/preview/{surface}',
  operationId: 'previewClientBrand',
  summary: "A client's brand on a sample report",
  params: inClient.extend(ofSurface),
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/brand/preview/{surface}` */
export const previewClientBrand = operation({
  route,
  handler: async (c) => {
    const { clientId, surface } = c.req.valid('param');
    return (await answerPreview(c, { surface, clientId, report: sampleReport, draft: c.req.valid('query') })) as never;
  },
});
