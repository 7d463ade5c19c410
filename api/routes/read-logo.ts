import { readLogo as readLogoPng } from '../../db/read/logo.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inLogo } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/logos/{hash}',
  operationId: 'readLogo',
  tags: ['White label'],
  summary: 'A logo of the agency or of one of its clients',
  description: 'Named by its content, so it never changes.',
  middleware: permit('clients.read'),
  request: { params: inLogo },
  responses: {
    200: { description: 'The picture.', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } },
    ...problems('AGENCY_ACCOUNT_REQUIRED'),
  },
});

/** `GET /v1/agencies/{agencyId}/logos/{hash}` */
export const readLogo = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { hash } = c.req.valid('param');
    const png = await readInTenant(deps.db, sight, (reader) => readLogoPng(reader, agencyId, hash));
    if (!png) throw refused('NOT_FOUND');
    return c.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png', 'Cache-Control': 'private, max-age=31536000, immutable' }) as never;
  },
});
