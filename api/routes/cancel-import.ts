import { defaultImportPolicy } from '../../domain/import.ts';
import { permit } from '../auth/permit.ts';
import { findImport } from '../find-import.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inImport } from '../path-parameters.ts';
import { importSchema, presentImport } from '../representations/import.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/agencies/{agencyId}/imports/{importId}/cancel',
  operationId: 'cancelImport',
  tags: ['Imports'],
  summary: 'Cancel an import',
  description:
    'Rows that it has not come to are given up; clients that were made stay. Answers as soon as they are, with the import as it stands then. One that had ended stays as it is.',
  middleware: permit('clients.import'),
  request: { params: inImport },
  responses: { 200: jsonResponse('The import.', importSchema), ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED') },
});

/** `POST /v1/agencies/{agencyId}/imports/{importId}/cancel` */
export const cancelImport = operation({
  route,
  handler: async (c) => {
    const { agencyId, actor, sight, deps, canonical } = c.var;
    const { importId } = c.req.valid('param');
    const { workflowId } = await findImport(deps, sight, importId);
    canonical.workflowId = workflowId;
    const answered = await deps.temporal.cancelImport(workflowId, actor);
    const left = await findImport(deps, sight, importId);
    if (answered !== undefined || left.finishedAt) return c.json(presentImport(left), 200);
    // Its workflow is not there any more; what is left to do stands in the record.
    await deps.temporal.cancelLostImport({ agencyId, importId, policy: defaultImportPolicy }, actor);
    return c.json(presentImport(await findImport(deps, sight, importId)), 200);
  },
});
