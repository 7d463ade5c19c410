import { readLatestReport } from '../../db/read/latest-report.ts';
import { readInTenant } from '../../db/tenant.ts';
import { operation } from '../operation.ts';
import { inProject } from '../path-parameters.ts';
import { answerPreview } from '../preview/answer-preview.ts';
import { ofSurface, previewRoute } from '../preview/preview-route.ts';
import { refused } from '../refused.ts';

const route = previewRoute({
  path: '/v1/agencies/{agencyId}/projects/{projectId}/preview/{surface}',
  operationId: 'previewReport',
  summary: "A project's report as its client would see it, before anything is shared",
  params: inProject.extend(ofSurface),
});

/** `GET /v1/agencies/{agencyId}/projects/{projectId}/preview/{surface}` */
export const previewReport = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { projectId, surface } = c.req.valid('param');
    const latest = await readInTenant(deps.db, sight, (reader) => readLatestReport(reader, agencyId, projectId));
    if (!latest) throw refused('NOT_FOUND');
    return (await answerPreview(c, { surface, ...latest, draft: c.req.valid('query') })) as never;
  },
});
