import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { OffboardingState } from '../domain/offboarding.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';

export interface OffboardingStanding {
  state: OffboardingState;
  remindersSent: number;
}

/** How the offboarding stands: what ended it without its workflow, such as an archive by hand, is noticed here. */
export async function lookAtOffboarding(db: Kysely<Database>, key: OffboardingKey): Promise<OffboardingStanding> {
  return inTenant(db, key.agencyId, async (tx) => {
    const offboarding = await lockOffboarding(tx, key);
    // One that is not there was erased with its client.
    return { state: offboarding?.state ?? 'done', remindersSent: offboarding?.reminders_sent ?? 0 };
  });
}
