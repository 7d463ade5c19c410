import { sql } from 'kysely';
import { type OwnershipOfferRecord, readOwnershipOffer } from '../../db/read/ownership-offer.ts';
import { recordEvent } from '../../db/record-event.ts';
import { restrictMember } from '../../db/restrict-member.ts';
import { inTenant, reading, type TenantTransaction } from '../../db/tenant.ts';
import type { AccountId, PersonId } from '../../domain/ids.ts';
import type { Role } from '../../domain/permission.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { createRoute, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/accounts/{accountId}/ownership-offer/accept',
  operationId: 'acceptOwnership',
  tags: ['People'],
  summary: 'Accept the ownership that is offered',
  description: 'For whom it is offered; to everyone else there is no offer. It falls when whoever made it is no owner any more.',
  middleware: permitMember(),
  request: { params: inAccount },
  responses: { 204: { description: 'The caller is an owner now.' }, ...problems('VALIDATION_FAILED') },
});

/** `POST /v1/accounts/{accountId}/ownership-offer/accept` */
export const acceptOwnership = operation({
  route,
  handler: async (c) => {
    const { actor, member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    await inTenant(deps.db, accountId, async (tx) => {
      const { roles } = await holdPeople(tx, member, accountId);
      const offer = await readOwnershipOffer(reading(tx), accountId);
      if (!offer || offer.to.personId !== member.personId || roles.get(offer.from.personId) !== 'owner') throw refused('NOT_FOUND');
      await handOver(tx, accountId, offer);
      const { from, to, formerRole } = offer;
      await recordEvent(tx, { agencyId: accountId, actor, kind: 'ownership.transferred', before: { owner: from }, after: { owner: to, formerRole } });
    });
    return c.body(null, 204);
  },
});

async function handOver(tx: TenantTransaction, accountId: AccountId, { from, to, formerRole }: OwnershipOfferRecord): Promise<void> {
  const become = (personId: PersonId, role: Role) =>
    tx
      .updateTable('memberships')
      .set({ role, restricted: false, updated_at: sql<Date>`now()` })
      .where('agency_id', '=', accountId)
      .where('person_id', '=', personId)
      .execute();
  await become(to.personId, 'owner');
  await restrictMember(tx, { accountId, personId: to.personId, clientIds: [] });
  await become(from.personId, formerRole);
  await tx.deleteFrom('ownership_offers').where('agency_id', '=', accountId).execute();
}
