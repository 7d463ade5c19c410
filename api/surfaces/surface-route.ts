import { createRoute, z } from '@hono/zod-openapi';

/** The token of a link; text that is none leads nowhere. */
const byToken = z.object({ token: z.string().openapi({ description: 'The token of the link.' }) });

const page = { 'text/html': { schema: z.string() } };

/** A page, picture or file for whoever has the link: no credential but its token. */
export function surfaceRoute<Path extends string, Type extends string>(surface: {
  path: Path;
  operationId: string;
  summary: string;
  description: string;
  type: Type;
}) {
  const { path, operationId, summary, description, type } = surface;
  return createRoute({
    method: 'get',
    path,
    operationId,
    tags: ['Client surfaces'],
    summary,
    security: [],
    request: { params: byToken },
    responses: {
      200: { description, content: { [type]: { schema: z.string() } } },
      404: { description: '`NOT_FOUND`: there never was such a link.', content: page },
      410: { description: '`SHARE_EXPIRED`: the link has expired or was withdrawn.', content: page },
      500: { description: 'An error of Foyer; logged, and told by its request id alone.', content: page },
      503: { description: '`TEMPORARILY_UNAVAILABLE`', content: page },
    },
  });
}
