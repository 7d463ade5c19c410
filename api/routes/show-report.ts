import { reportPath } from '../../domain/surface-path.ts';
import type { Deps } from '../environment.ts';
import { operation } from '../operation.ts';
import { answerPage } from '../surfaces/answer-page.ts';
import { isReader } from '../surfaces/is-reader.ts';
import { openReportLink } from '../surfaces/open-link.ts';
import type { RememberedPage } from '../surfaces/page-memory.ts';
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
    const { deps } = c.var;
    const page = await deps.pages.find(token, () => makePage(deps, token));
    if (page.viewed && isReader(c.req.method, c.req.raw.headers)) deps.views.count(page.viewed);
    return answerPage(c, page) as never;
  },
});

async function makePage(deps: Deps, token: string): Promise<RememberedPage> {
  const { agencyId, document, viewed, expiresAt } = await openReportLink(deps, token);
  const { html, contentSecurityPolicy } = reportPage(document, { print: reportPath(token, 'print'), pdf: reportPath(token, 'report.pdf') });
  return { agencyId, html: (await html).toString(), contentSecurityPolicy, viewed, expiresAt };
}
