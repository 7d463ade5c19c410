import { readExportPack } from '../../db/read/export-pack.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, readInTenant } from '../../db/tenant.ts';
import { permit } from '../auth/permit.ts';
import { createRoute, operation, problems, z } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/offboard/pack',
  operationId: 'downloadExportPack',
  tags: ['Clients'],
  summary: 'Download the export pack of a client that leaves',
  description:
    'Everything that is recorded of the client, as a zip of JSON and CSV. Who took it is told in the history. Gone some time after the client has left.',
  middleware: permit('clients.write'),
  request: { params: inClient },
  responses: {
    200: { description: 'The pack.', content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } } },
    ...problems('AGENCY_ACCOUNT_REQUIRED'),
  },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/offboard/pack` */
export const downloadExportPack = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, actor, deps } = c.var;
    const { clientId } = c.req.valid('param');
    const pack = await readInTenant(deps.db, sight, (reader) => readExportPack(reader, agencyId, clientId));
    if (!pack) throw refused('NOT_FOUND');
    // Who asks for the head alone is told of the pack and does not get it.
    if (c.req.method !== 'HEAD') {
      await inTenant(deps.db, agencyId, (tx) =>
        recordEvent(tx, { agencyId, clientId, actor, kind: 'export_pack.downloaded', after: { offboardingId: pack.offboardingId } }),
      );
    }
    return c.body(new Uint8Array(pack.content), 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="client-${clientId}.zip"`,
      'Cache-Control': 'no-store',
    }) as never;
  },
});
