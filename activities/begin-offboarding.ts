import { queueMail } from '../db/queue-mail.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import { offboardingNoticeMail } from '../mail/offboarding-notice.ts';
import type { OffboardClientInput, OffboardingDecision } from '../workflows/contract.ts';
import { readContact } from './client-contact.ts';
import { lockClient } from './client-lock.ts';
import type { ActivityDeps } from './index.ts';
import { lockOffboarding, scheduledOffboarding } from './offboarding-record.ts';

export type BeginOffboardingInput = Omit<OffboardClientInput, 'policy'> & { workflowId: string };

/**
 * The client leaves on a day to come: recorded, and its contact is told, in one transaction. Idempotent by offboarding.
 * Refuses with `NOT_FOUND`, `CLIENT_ARCHIVED`; a client that leaves already is `occupied`.
 */
export async function beginOffboarding({ db, secrets }: ActivityDeps, input: BeginOffboardingInput): Promise<OffboardingDecision> {
  const { agencyId, clientId, offboardingId, actor, endsAt } = input;
  return inTenant(db, agencyId, async (tx) => {
    const client = await lockClient(tx, agencyId, clientId);
    if (await lockOffboarding(tx, input)) return { outcome: 'begun' };
    if (!client || client.state === 'pending') return { outcome: 'refused', code: 'NOT_FOUND' };
    if (client.state === 'archived') return { outcome: 'refused', code: 'CLIENT_ARCHIVED' };
    const other = await scheduledOffboarding(tx, agencyId, clientId);
    if (other) return { outcome: 'occupied', endsAt: other.ends_at.toISOString() };

    const contact = await readContact(tx, agencyId, clientId);
    await Promise.all([
      tx
        .insertInto('offboardings')
        .values({
          agency_id: agencyId,
          id: offboardingId,
          client_id: clientId,
          workflow_id: input.workflowId,
          ends_at: endsAt,
          message: input.message,
          actor: JSON.stringify(actor),
        })
        .execute(),
      contact && queueMail(tx, secrets, offboardingNoticeMail({ ...contact, endsAt: new Date(endsAt), message: input.message })),
      recordEvent(tx, { agencyId, clientId, actor, kind: 'client.offboarding_scheduled', after: { offboardingId, endsAt, contactTold: contact !== null } }),
    ]);
    return { outcome: 'begun' };
  });
}
