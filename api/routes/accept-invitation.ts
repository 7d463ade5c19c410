import { sql } from 'kysely';
import { addMember } from '../../db/add-member.ts';
import { holdPeople } from '../../db/hold-people.ts';
import { readInvitation } from '../../db/read/invitation.ts';
import type { InvitationRecord } from '../../db/read/invitations.ts';
import { readPresentedInvitation } from '../../db/read/presented-invitation.ts';
import type { PersonRecord } from '../../db/read/session.ts';
import { inTenant, readInTenant, reading, type TenantTransaction } from '../../db/tenant.ts';
import { accountKinds } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AccountId } from '../../domain/ids.ts';
import { acceptInvitationRequest } from '../../domain/membership.ts';
import { roles } from '../../domain/permission.ts';
import { actingCaller } from '../auth/acting.ts';
import { type HeldPerson, holdPerson } from '../auth/hold-person.ts';
import { hashInvitationToken } from '../auth/invitation-token.ts';
import { permitPerson } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation, z } from '../operation.ts';
import { refused } from '../refused.ts';

const joinedSchema = z.object({ id: z.uuid(), kind: z.enum(accountKinds), name: z.string(), role: z.enum(roles) }).openapi('JoinedAccount');

const route = createRoute({
  method: 'post',
  path: '/v1/invitations/accept',
  operationId: 'acceptInvitation',
  tags: ['People'],
  summary: 'Accept an invitation by the token of its link',
  description: 'For a person whose verified e-mail address is the invited one. To a member it answers what they are.',
  middleware: permitPerson,
  request: { body: jsonBody(acceptInvitationRequest) },
  responses: { 200: jsonResponse('The account, with what the person is in it.', joinedSchema), ...bodyProblems('SHARE_EXPIRED') },
});

/** `POST /v1/invitations/accept` */
export const acceptInvitation = operation({
  route,
  handler: async (c) => {
    const { member: person, deps } = c.var;
    const presentedInvitationHash = hashInvitationToken(c.req.valid('json').token);
    const found = await readInTenant(deps.db, { presentedInvitationHash }, (reader) => readPresentedInvitation(reader, presentedInvitationHash));
    // One answer for a link that was never there and for one that is no longer valid, so that nothing is learnt.
    if (!found) throw refused('SHARE_EXPIRED');
    c.var.canonical.agencyId = found.accountId;
    const joined = await inTenant(deps.db, found.accountId, async (tx) => {
      const invited = await holdPerson(tx, person.personId, 'to join');
      await holdPeople(tx, found.accountId);
      // Looked up again behind the lock: the link may have been replaced since.
      const presented = await readPresentedInvitation(reading(tx), presentedInvitationHash);
      const invitation = presented && (await readInvitation(reading(tx), presented.accountId, presented.id));
      if (!invitation) throw refused('SHARE_EXPIRED');
      assertInvited(invited, invitation);
      if (invitation.state === 'pending') await join(tx, { accountId: found.accountId, invitation, person, actor: actingCaller(c) });
      return readJoined(tx, found.accountId, person);
    });
    return c.json(joined, 200);
  },
});

/** The address decides, not the link: a forwarded one opens nothing. */
function assertInvited(person: HeldPerson, { email }: InvitationRecord): void {
  if (person.email_verified && person.email.toLowerCase() === email.toLowerCase()) return;
  throw refused('AGENCY_ROLE_REQUIRED', { detail: 'The invitation is for another e-mail address than the one you are signed in with.' });
}

async function join(
  tx: TenantTransaction,
  { accountId, invitation, person, actor }: { accountId: AccountId; invitation: InvitationRecord; person: PersonRecord; actor: Actor },
): Promise<void> {
  const { id, role, clientIds } = invitation;
  await tx
    .updateTable('invitations')
    .set({ state: 'accepted', accepted_by: person.personId, ended_at: sql<Date>`now()` })
    .where('agency_id', '=', accountId)
    .where('id', '=', id)
    .execute();
  await addMember(tx, { accountId, personId: person.personId, name: person.name, role, clientIds, actor, invitationId: id });
}

async function readJoined(tx: TenantTransaction, accountId: AccountId, { personId }: PersonRecord) {
  const joined = await tx
    .selectFrom('memberships as membership')
    .innerJoin('accounts as account', 'account.id', 'membership.agency_id')
    .select(['account.id', 'account.kind', 'account.name', 'membership.role'])
    .where('membership.agency_id', '=', accountId)
    .where('membership.person_id', '=', personId)
    .executeTakeFirst();
  // The link has passed or was withdrawn, or the person accepted once and has been removed since.
  if (!joined) throw refused('SHARE_EXPIRED');
  return joined;
}
