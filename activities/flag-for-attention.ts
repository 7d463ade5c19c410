import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import { type Blocker, isEnded } from '../domain/onboarding.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding, sameBlockers } from './onboarding-record.ts';

export interface FlagForAttentionInput extends OnboardingKey {
  /** What failed, in words for operations. */
  reason: string;
}

/** An undo failed for good: operations must look. Idempotent by the reason. */
export async function flagForAttention(db: Kysely<Database>, input: FlagForAttentionInput): Promise<void> {
  await inTenant(db, input.agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    const blockers: Blocker[] = [{ code: 'UNDO_FAILED', reason: input.reason }];
    if (!onboarding || isEnded(onboarding.state) || sameBlockers(onboarding.blockers, blockers)) return;
    closing(
      recordOnboarding(tx, input, onboarding.state, { state: 'needs_attention', blockers }),
      recordEvent(tx, {
        agencyId: input.agencyId,
        onboardingId: input.onboardingId,
        clientId: onboarding.client_id,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.needs_attention',
        after: { reason: input.reason },
      }),
    );
  });
}
