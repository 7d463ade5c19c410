import { readOwnershipOffer as readOffer } from '../../db/read/ownership-offer.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitMember } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { ownershipOfferSchema, presentOwnershipOffer } from '../representations/ownership-offer.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/ownership-offer',
  operationId: 'readOwnershipOffer',
  tags: ['People'],
  summary: 'Read the offer of ownership that waits for its answer',
  description: 'For the owners and for whom it is made; to everyone else there is none.',
  middleware: permitMember(),
  request: { params: inAccount },
  responses: { 200: jsonResponse('The offer.', ownershipOfferSchema), ...problems() },
});

/** `GET /v1/accounts/{accountId}/ownership-offer` */
export const readOwnershipOffer = operation({
  route,
  handler: async (c) => {
    const { member, may, sight, deps } = c.var;
    const offer = await readInTenant(deps.db, sight, (reader) => readOffer(reader, sight.agencyId));
    if (!offer || !(may('ownership.transfer') || offer.to.personId === member.personId)) throw refused('NOT_FOUND');
    return c.json(presentOwnershipOffer(offer), 200);
  },
});
