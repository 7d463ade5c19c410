import { listOnboardings as listOnboardingRecords } from '../../db/read/list-onboardings.ts';
import { readInTenant } from '../../db/tenant.ts';
import { blockerCodes, onboardingStates } from '../../domain/onboarding.ts';
import { permit } from '../auth/permit.ts';
import { flag, nextCursor, pageQuery, pageRequest } from '../cursor.ts';
import { createRoute, jsonResponse, operation, problems, z } from '../operation.ts';
import { inAgency } from '../path-parameters.ts';
import { onboardingSchema, presentOnboarding } from '../representations/onboarding.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/onboardings',
  operationId: 'listOnboardings',
  tags: ['Onboardings'],
  summary: 'List onboardings, newest first; the open ones, and those that need people, by the longest wait',
  middleware: permit('clients.read'),
  request: {
    params: inAgency,
    query: z.object({
      ...pageQuery,
      state: z.enum(onboardingStates).optional(),
      blocker: z.enum(blockerCodes).optional(),
      open: flag.optional(),
      needPeople: flag.optional().openapi({ description: 'Only those that go on when somebody of the agency, or operations, does something.' }),
    }),
  },
  responses: {
    200: jsonResponse('A page of onboardings.', z.object({ items: z.array(onboardingSchema), nextCursor: z.string().nullable() })),
    ...problems('AGENCY_ACCOUNT_REQUIRED', 'VALIDATION_FAILED'),
  },
});

/** `GET /v1/agencies/{agencyId}/onboardings` */
export const listOnboardings = operation({
  route,
  handler: async (c) => {
    const { agencyId, sight, deps } = c.var;
    const { state, blocker, open, needPeople, ...page } = c.req.valid('query');
    const { items, next } = await readInTenant(deps.db, sight, (reader) =>
      listOnboardingRecords(reader, agencyId, { state, blocker, open, needPeople }, pageRequest(page)),
    );
    return c.json({ items: items.map(presentOnboarding), nextCursor: nextCursor(next) }, 200);
  },
});
