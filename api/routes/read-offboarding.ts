import { permit } from '../auth/permit.ts';
import { findOffboarding } from '../find-offboarding.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inClient } from '../path-parameters.ts';
import { offboardingSchema, presentOffboarding } from '../representations/offboarding.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/agencies/{agencyId}/clients/{clientId}/offboard',
  operationId: 'readOffboarding',
  tags: ['Clients'],
  summary: "Read a client's newest offboarding",
  middleware: permit('clients.write'),
  request: { params: inClient },
  responses: { 200: jsonResponse('How the client leaves, or left.', offboardingSchema), ...problems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `GET /v1/agencies/{agencyId}/clients/{clientId}/offboard` */
export const readOffboarding = operation({
  route,
  handler: async (c) => {
    const { sight, deps } = c.var;
    return c.json(presentOffboarding(await findOffboarding(deps, sight, c.req.valid('param').clientId)), 200);
  },
});
