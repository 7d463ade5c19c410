import { sql } from 'kysely';
import { queueMail } from '../db/queue-mail.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { offboardingCancelledMail } from '../mail/offboarding-cancelled.ts';
import { readContact } from './client-contact.ts';
import { lockClient } from './client-lock.ts';
import type { ActivityDeps } from './index.ts';
import { deletePack, lockOffboarding, type OffboardingKey } from './offboarding-record.ts';

export interface CancelOffboardingInput extends OffboardingKey {
  actor: Actor;
}

/** The client stays: its contact is told, the pack is gone. Idempotent by state; tells whether the offboarding is cancelled now. */
export async function cancelOffboarding({ db, secrets }: ActivityDeps, input: CancelOffboardingInput): Promise<{ cancelled: boolean }> {
  const { agencyId, clientId, offboardingId, actor } = input;
  return inTenant(db, agencyId, async (tx) => {
    await lockClient(tx, agencyId, clientId);
    const offboarding = await lockOffboarding(tx, input);
    if (offboarding?.state !== 'scheduled') return { cancelled: offboarding?.state === 'cancelled' };
    const contact = await readContact(tx, agencyId, clientId);
    await Promise.all([
      tx
        .updateTable('offboardings')
        .set({ state: 'cancelled', finished_at: sql<Date>`now()` })
        .where('agency_id', '=', agencyId)
        .where('id', '=', offboardingId)
        .execute(),
      deletePack(tx, input),
      contact && queueMail(tx, secrets, offboardingCancelledMail({ ...contact, endsAt: offboarding.ends_at })),
      recordEvent(tx, { agencyId, clientId, actor, kind: 'client.offboarding_cancelled', after: { offboardingId } }),
    ]);
    return { cancelled: true };
  });
}
