import { createInvitationToken } from '../../../api/auth/invitation-token.ts';
import { invite } from '../../../db/invite.ts';
import { inTenant } from '../../../db/tenant.ts';
import type { AgencyId } from '../../../domain/ids.ts';
import type { TestApi } from '../../harness/api.ts';
import { newInvitationId } from '../../harness/ids.ts';
import { tester } from '../../harness/onboarding-input.ts';
import { newPerson, openPerson, type TestPerson } from '../../harness/person.ts';

/** The people around an agency, each of whom some operation is for. */
export interface WorldPeople {
  owner: TestPerson;
  /** A viewer to whom the ownership is offered. */
  heir: TestPerson;
  /** Somebody who is invited and did not answer yet. */
  invitee: TestPerson;
  invitationToken: string;
}

const dayMs = 86_400_000;

export async function worldPeople(api: TestApi, accountId: AgencyId): Promise<{ people: WorldPeople; ids: Record<string, string> }> {
  const [owner, heir, invitee] = await Promise.all([
    openPerson(api, accountId, { role: 'owner' }),
    openPerson(api, accountId, { role: 'viewer' }),
    newPerson(api),
  ]);
  const { token: invitationToken, hash } = createInvitationToken();
  const [id, expiresAt] = [newInvitationId(), new Date(Date.now() + dayMs)];
  await inTenant(api.database.api, accountId, async (tx) => {
    await invite(tx, { accountId, id, email: invitee.email, role: 'viewer', clientIds: null, tokenHash: hash, expiresAt, actor: tester });
    await tx
      .insertInto('ownership_offers')
      .values({ agency_id: accountId, from_person_id: owner.id, to_person_id: heir.id, former_role: 'admin', expires_at: expiresAt })
      .execute();
  });
  return { people: { owner, heir, invitee, invitationToken }, ids: { personId: heir.id, invitationId: id } };
}
