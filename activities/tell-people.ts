import { queueMail } from '../db/queue-mail.ts';
import { readRecipients } from '../db/read/recipients.ts';
import { reading, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId, PersonId } from '../domain/ids.ts';
import type { Mail } from '../domain/mail.ts';
import type { NotificationKind } from '../domain/notification.ts';
import type { Notified } from '../mail/notification.ts';
import type { ActivityDeps } from './index.ts';

/** What an activity needs to tell people of what it did. */
export type TellingDeps = Pick<ActivityDeps, 'db' | 'secrets' | 'publicUrl'>;

interface News {
  agencyId: AgencyId;
  /** Null where no client was made, or none is left. */
  clientId: ClientId | null;
  kind: NotificationKind;
  /** The one member who asked for what it is about, where it is for nobody else. */
  personId?: PersonId | undefined;
}

/**
 * Queues a mail, in the transaction of its cause, to each member of the account who wants this kind, sees the client and is meant.
 * Call it where the cause is written once: a second call is a second mail.
 */
export async function tellPeople(
  tx: TenantTransaction,
  { secrets, publicUrl }: TellingDeps,
  { agencyId, clientId, kind, personId }: News,
  mailTo: (notified: Notified) => Mail,
): Promise<void> {
  const [recipients, client] = await Promise.all([
    readRecipients(reading(tx), agencyId, { kind, clientId, personId }),
    tx.selectFrom('clients').select('name').where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirst(),
  ]);
  const about = { client: client?.name ?? 'a client', url: client ? `${publicUrl}/clients/${clientId}` : `${publicUrl}/onboardings` };
  await Promise.all(
    recipients.map((to) => queueMail(tx, secrets, mailTo({ to: to.email, name: to.name, ...about }), { accountId: agencyId, personId: to.personId })),
  );
}
