import { readOwnershipOffer } from '../../db/read/ownership-offer.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/accounts/{accountId}/ownership-offer',
  operationId: 'withdrawOwnershipOffer',
  tags: ['People'],
  summary: 'Withdraw an offer of ownership, or decline it',
  description: 'For the owners and for whom it is made; to everyone else there is none.',
  middleware: permitMember(),
  request: { params: inAccount },
  responses: { 204: { description: 'There is no offer any more.' }, ...problems('VALIDATION_FAILED') },
});

/** `DELETE /v1/accounts/{accountId}/ownership-offer` */
export const withdrawOwnershipOffer = operation({
  route,
  handler: async (c) => {
    const { actor, member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const { by } = await holdPeople(tx, member, accountId);
      const offer = await readOwnershipOffer(reading(tx), accountId);
      if (!offer || !(by === 'owner' || offer.to.personId === member.personId)) throw refused('NOT_FOUND');
      await tx.deleteFrom('ownership_offers').where('agency_id', '=', accountId).execute();
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'ownership.offer_withdrawn', before: { personId: offer.to.personId, name: offer.to.name } });
    });
    return c.body(null, 204);
  },
});
