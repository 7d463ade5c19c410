import { createRoute, z } from '@hono/zod-openapi';
import { brandDraft, longestFooter } from '../../domain/brand.ts';
import { permit } from '../auth/permit.ts';
import { problems } from '../operation.ts';
import { previewSurfaces } from './answer-preview.ts';

/** As query parameters: each with the length that its schema is too deep to tell. By `meta`, which schemas have that were made before the API's library came. */
const draft = brandDraft.extend({
  reportBrand: brandDraft.shape.reportBrand.meta({ type: 'string', maxLength: 120 }),
  accentColor: brandDraft.shape.accentColor.meta({ type: 'string', maxLength: 32 }),
  footer: brandDraft.shape.footer.meta({ type: 'string', maxLength: longestFooter }),
});

export const ofSurface = { surface: z.enum(previewSurfaces) };

/** A surface as its clients would see it, for whoever may read the agency. */
export function previewRoute<Path extends string, Params extends z.ZodObject>({
  path,
  operationId,
  summary,
  params,
}: {
  path: Path;
  operationId: string;
  summary: string;
  params: Params;
}) {
  return createRoute({
    method: 'get',
    path,
    operationId,
    tags: ['White label'],
    summary,
    description: 'Made by what makes it for clients; no link is made and nothing is counted. What the query names is tried out over what is set.',
    middleware: permit('clients.read'),
    request: { params, query: draft },
    responses: {
      200: { description: 'The page, or the file.', content: { 'text/html': { schema: z.string() }, 'application/pdf': { schema: z.string() } } },
      ...problems('AGENCY_ACCOUNT_REQUIRED', 'REPORT_NOT_READY', 'VALIDATION_FAILED'),
    },
  });
}
