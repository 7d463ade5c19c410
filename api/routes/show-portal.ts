import { operation } from '../operation.ts';
import { answerPage } from '../surfaces/answer-page.ts';
import { openPortalLink } from '../surfaces/open-link.ts';
import { portalPage } from '../surfaces/portal-page.ts';
import { surfaceRoute } from '../surfaces/surface-route.ts';

const route = surfaceRoute({
  path: '/client-portal/{token}',
  operationId: 'showPortal',
  summary: "A client's portal",
  description: 'What is shared with the client, each leading to its report.',
  type: 'text/html',
});

/** `GET /client-portal/{token}` */
export const showPortal = operation({
  route,
  handler: async (c) => answerPage(c, portalPage(await openPortalLink(c.var.deps, c.req.valid('param').token))) as never,
});
