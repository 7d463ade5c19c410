import { operation } from '../operation.ts';
import { answerPage } from '../surfaces/answer-page.ts';
import { isReader } from '../surfaces/is-reader.ts';
import { openReportLink } from '../surfaces/open-link.ts';
import { reportPath } from '../surfaces/paths.ts';
import { reportPage } from '../surfaces/report-page.ts';
import { surfaceRoute } from '../surfaces/surface-route.ts';

const route = surfaceRoute({
  path: '/r/{token}',
  operationId: 'showReport',
  summary: 'A shared report',
  description: 'The report as a page, under the brand of whoever shares it.',
  type: 'text/html',
});

/** `GET /r/{token}` */
export const showReport = operation({
  route,
  handler: async (c) => {
    const { token } = c.req.valid('param');
    const { document, viewed } = await openReportLink(c.var.deps, token);
    if (viewed && isReader(c.req.method, c.req.raw.headers)) c.var.deps.views.count(viewed);
    return answerPage(c, reportPage(document, { print: reportPath(token, 'print'), pdf: reportPath(token, 'report.pdf') })) as never;
  },
});
