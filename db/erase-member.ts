import { sql } from 'kysely';
import type { Actor } from '../domain/actor.ts';
import type { AccountId, PersonId } from '../domain/ids.ts';
import type { Role } from '../domain/permission.ts';
import { recordEvent } from './record-event.ts';
import type { TenantTransaction } from './tenant.ts';

interface Erasure {
  accountId: AccountId;
  personId: PersonId;
  email: string;
  role: Role;
  /** In the history for good, so without a name. */
  actor: Actor;
}

/**
 * Takes a person out of the account who deletes their sign-in. What stands beside events about them is emptied, which a last event says of each; the
 * invitation that they came by forgets their address, and those and the imports that they made their name. Who acted stays in the history by name.
 */
export async function eraseMember(tx: TenantTransaction, { accountId, personId, email, role, actor }: Erasure): Promise<void> {
  await tx.deleteFrom('memberships').where('agency_id', '=', accountId).where('person_id', '=', personId).execute();
  await tx
    .updateTable('invitations')
    .set({ email: `${personId}@erased.invalid` })
    .where('agency_id', '=', accountId)
    .where((eb) => eb.or([eb('accepted_by', '=', personId), eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase())]))
    .execute();
  const nameless = (column: 'invited_by' | 'actor') => sql<string>`jsonb_set(${sql.ref(column)}, '{label}', to_jsonb(${actor.label}::text))`;
  await tx
    .updateTable('invitations')
    .set({ invited_by: nameless('invited_by') })
    .where('agency_id', '=', accountId)
    .where(sql`invited_by ->> 'id'`, '=', personId)
    .execute();
  await tx
    .updateTable('imports')
    .set({ actor: nameless('actor') })
    .where('agency_id', '=', accountId)
    .where(sql`actor ->> 'id'`, '=', personId)
    .execute();
  // An address stands there as it was typed.
  const about = [personId, email].map((value) => sql<boolean>`position(${JSON.stringify(value.toLowerCase())} in lower(details.content)) > 0`);
  const emptied = await tx
    .deleteFrom('event_details as details')
    .using('events as event')
    .whereRef('event.agency_id', '=', 'details.agency_id')
    .whereRef('event.id', '=', 'details.event_id')
    .where('details.agency_id', '=', accountId)
    .where('details.client_id', 'is', null)
    .where(sql`split_part(event.kind, '.', 1)`, 'in', ['member', 'invitation', 'ownership'])
    .where((eb) => eb.or([sql<boolean>`${personId} in (event.before ->> 'personId', event.after ->> 'personId')`, ...about]))
    .returning('details.event_id')
    .execute();
  const events = emptied.map(({ event_id }) => event_id);
  await recordEvent(tx, { agencyId: accountId, actor, kind: 'member.erased', before: { personId, role }, after: { events } });
}
