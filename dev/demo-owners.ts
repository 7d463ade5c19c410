import { hashPassword } from 'better-auth/crypto';
import { addMember } from '../db/add-member.ts';
import { connect } from '../db/connect.ts';
import { inTenant } from '../db/tenant.ts';
import type { AccountId } from '../domain/ids.ts';
import type { DemoAccount } from './demo.ts';

/**
 * Makes the owners of the demonstration's accounts, who can sign in at once: with a confirmed address, which nobody could confirm, for the mail is for
 * an address that is not there. Made before, an owner stays as they are.
 */
export async function makeOwners(apiUrl: string, accounts: readonly DemoAccount[]): Promise<void> {
  const db = connect(apiUrl, { applicationName: 'foyer-demo', maxConnections: 3, statementTimeoutMs: 5_000, onIdleError: () => undefined });
  try {
    await Promise.all(accounts.map((account) => makeOwner(db, account)));
  } finally {
    await db.destroy();
  }
}

async function makeOwner(db: ReturnType<typeof connect>, { id, name, ownerEmail, ownerPassword }: DemoAccount): Promise<void> {
  const accountId = id as AccountId;
  const password = await hashPassword(ownerPassword);
  const ownerName = `Owner of ${name}`;
  await inTenant(db, accountId, async (tx) => {
    const person = await tx
      .insertInto('auth.people')
      .values({ name: ownerName, email: ownerEmail, email_verified: true, image: null, current_account_id: accountId })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!person) return;
    const credential = { person_id: person.id, provider_id: 'credential', account_id: person.id, password };
    await tx
      .insertInto('auth.credentials')
      .values({ ...credential, access_token: null, refresh_token: null, id_token: null, scope: null })
      .execute();
    await addMember(tx, { accountId, personId: person.id, name: ownerName, role: 'owner', clientIds: null, actor: { kind: 'system', label: 'demonstration' } });
    await tx
      .updateTable('invitations')
      .set({ state: 'accepted', accepted_by: person.id, ended_at: new Date() })
      .where('agency_id', '=', accountId)
      .where('email', '=', ownerEmail)
      .execute();
  });
}
