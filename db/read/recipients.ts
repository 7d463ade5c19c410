import type { AccountId, ClientId, PersonId } from '../../domain/ids.ts';
import { type NotificationKind, rolesToldByDefault } from '../../domain/notification.ts';
import type { TenantReader } from '../tenant.ts';

/** Whom a mail to the people of an account goes to. */
export interface Recipient {
  personId: PersonId;
  name: string;
  email: string;
}

/** What they are told of. */
interface Subject {
  kind: NotificationKind;
  /** Null where there is no client: only members who see all are told then. */
  clientId: ClientId | null;
  /** The one member whom it is about, where it is about one. */
  personId?: PersonId | undefined;
}

/** The members of an account who want to be told of this, see the client and are meant, in the order in which they came. */
export async function readRecipients(reader: TenantReader, accountId: AccountId, { kind, clientId, personId }: Subject): Promise<Recipient[]> {
  const query = reader
    .selectFrom('memberships as membership')
    .innerJoin('auth.people as person', 'person.id', 'membership.person_id')
    .leftJoin('notification_choices as choice', (join) =>
      join.onRef('choice.agency_id', '=', 'membership.agency_id').onRef('choice.person_id', '=', 'membership.person_id').on('choice.kind', '=', kind),
    )
    .select(['person.id as personId', 'person.name', 'person.email'])
    .where('membership.agency_id', '=', accountId)
    .where((eb) => eb.fn.coalesce('choice.wanted', eb('membership.role', 'in', rolesToldByDefault)))
    .where((eb) =>
      eb.or([
        eb('membership.restricted', '=', false),
        eb.exists(
          eb
            .selectFrom('membership_clients as visible')
            .select('visible.client_id')
            .whereRef('visible.agency_id', '=', 'membership.agency_id')
            .whereRef('visible.person_id', '=', 'membership.person_id')
            .where('visible.client_id', '=', clientId),
        ),
      ]),
    )
    .orderBy('membership.created_at')
    .orderBy('person.id');
  return (personId ? query.where('membership.person_id', '=', personId) : query).execute();
}
