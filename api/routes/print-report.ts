import { operation } from '../operation.ts';
import { answerPage } from '../surfaces/answer-page.ts';
import { isReader } from '../surfaces/is-reader.ts';
import { openReportLink } from '../surfaces/open-link.ts';
import { printPage } from '../surfaces/report-page.ts';
import { surfaceRoute } from '../surfaces/surface-route.ts';

const route = surfaceRoute({
  path: '/r/{token}/print',
  operationId: 'printReport',
  summary: 'A shared report, to be printed',
  description: 'The report as a page with everything open.',
  type: 'text/html',
});

/** `GET /r/{token}/print` */
export const printReport = operation({
  route,
  handler: async (c) => {
    const { document, viewed } = await openReportLink(c.var.deps, c.req.valid('param').token);
    if (viewed && isReader(c.req.method, c.req.raw.headers)) c.var.deps.views.count(viewed);
    return answerPage(c, printPage(document)) as never;
  },
});
