import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding } from './onboarding-record.ts';

export interface MarkStalledInput extends OnboardingKey {
  clientId: ClientId;
}

/** The wait for a project has lasted too long. The onboarding still accepts one. Idempotent by state. */
export async function markStalled(db: Kysely<Database>, input: MarkStalledInput): Promise<void> {
  await inTenant(db, input.agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    if (onboarding?.state !== 'waiting_for_project') return;
    closing(
      recordOnboarding(tx, input, onboarding.state, { state: 'stalled', blockers: onboarding.blockers }),
      recordEvent(tx, {
        ...input,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.stalled',
        after: { since: onboarding.state_since.toISOString() },
      }),
    );
  });
}
