import { operation } from '../operation.ts';
import { keepPrivate } from '../surfaces/answer-page.ts';
import { openLogo } from '../surfaces/open-link.ts';
import { surfaceRoute } from '../surfaces/surface-route.ts';

const ofReport = surfaceRoute({
  path: '/r/{token}/logo',
  operationId: 'showReportLogo',
  summary: 'The logo on a shared report',
  description: 'The picture.',
  type: 'image/png',
});

/** `GET /r/{token}/logo` */
export const showReportLogo = operation({
  route: ofReport,
  handler: async (c) => {
    const png = await openLogo(c.var.deps, c.req.valid('param').token, 'report');
    keepPrivate(c);
    return c.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png' }) as never;
  },
});

const ofPortal = surfaceRoute({
  path: '/client-portal/{token}/logo',
  operationId: 'showPortalLogo',
  summary: 'The logo on a portal',
  description: 'The picture.',
  type: 'image/png',
});

/** `GET /client-portal/{token}/logo` */
export const showPortalLogo = operation({
  route: ofPortal,
  handler: async (c) => {
    const png = await openLogo(c.var.deps, c.req.valid('param').token, 'portal');
    keepPrivate(c);
    return c.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png' }) as never;
  },
});
