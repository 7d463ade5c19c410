import { operation } from '../operation.ts';
import { keepPrivate } from '../surfaces/answer-page.ts';
import { isReader } from '../surfaces/is-reader.ts';
import { openReportLink } from '../surfaces/open-link.ts';
import { surfaceRoute } from '../surfaces/surface-route.ts';

const route = surfaceRoute({
  path: '/r/{token}/report.pdf',
  operationId: 'downloadReport',
  summary: 'A shared report as PDF',
  description: 'The same content as the page, tagged for reading aloud.',
  type: 'application/pdf',
});

/** `GET /r/{token}/report.pdf` */
export const downloadReport = operation({
  route,
  handler: async (c) => {
    const { document, viewed, logo } = await openReportLink(c.var.deps, c.req.valid('param').token);
    if (viewed && isReader(c.req.method, c.req.raw.headers)) c.var.deps.views.count(viewed);
    const pdf = await c.var.deps.pdfs.print(document, await logo());
    keepPrivate(c);
    c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="report-${document.domain}.pdf"` };
    return c.body(pdf, 200, headers) as never;
  },
});
