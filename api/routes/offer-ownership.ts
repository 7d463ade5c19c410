import { queueMail } from '../../db/queue-mail.ts';
import { readMember } from '../../db/read/member.ts';
import { readOwnershipOffer } from '../../db/read/ownership-offer.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import type { PersonId } from '../../domain/ids.ts';
import { offerOwnershipRequest } from '../../domain/membership.ts';
import { ownershipOfferMail } from '../../mail/ownership-offer.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { ownershipOfferSchema, presentOwnershipOffer } from '../representations/ownership-offer.ts';
import { invitationExpiry } from '../send-invitation.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/accounts/{accountId}/ownership-offer',
  operationId: 'offerOwnership',
  tags: ['People'],
  summary: 'Offer the ownership of the account to another member',
  description: 'Nothing changes until it is accepted. It stands for seven days, in place of one that was made before.',
  middleware: permitMember('ownership.transfer'),
  request: { params: inAccount, body: jsonBody(offerOwnershipRequest) },
  responses: { 200: jsonResponse('The offer.', ownershipOfferSchema), ...bodyProblems() },
});

/** `PUT /v1/accounts/{accountId}/ownership-offer` */
export const offerOwnership = operation({
  route,
  handler: async (c) => {
    const { actor, member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    const { formerRole, ...request } = c.req.valid('json');
    const personId = request.personId as PersonId;
    const offer = await inTenant(deps.db, accountId, async (tx) => {
      const { by } = await holdPeople(tx, member, accountId);
      if (by !== 'owner') throw refused('AGENCY_ROLE_REQUIRED');
      const to = await readMember(reading(tx), accountId, personId);
      if (!to) throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/personId', message: 'is no member of this account' }] });
      if (to.role === 'owner') throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/personId', message: 'is an owner already' }] });
      await tx.deleteFrom('ownership_offers').where('agency_id', '=', accountId).execute();
      await tx
        .insertInto('ownership_offers')
        .values({ agency_id: accountId, from_person_id: member.personId, to_person_id: personId, former_role: formerRole, expires_at: invitationExpiry() })
        .execute();
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'ownership.offered', after: { personId, name: to.name, formerRole } });
      const { name: accountName } = await tx.selectFrom('accounts').select('name').where('id', '=', accountId).executeTakeFirstOrThrow();
      const url = `${deps.publicUrl}/settings/people`;
      const mail = ownershipOfferMail({ to: to.email, name: to.name, accountName, offeredBy: member.name, url });
      await queueMail(tx, deps.secrets, mail, { accountId, personId });
      return readOwnershipOffer(reading(tx), accountId);
    });
    if (!offer) throw new Error('an offer vanished');
    deps.temporal.mailQueued();
    return c.json(presentOwnershipOffer(offer), 200);
  },
});
