import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import { type Blocker, isEnded } from '../domain/onboarding.ts';
import { onboardingNeedsAttentionMail } from '../mail/onboarding-needs-attention.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding, sameBlockers } from './onboarding-record.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

export interface FlagForAttentionInput extends OnboardingKey {
  /** What failed, in words for operations. */
  reason: string;
}

/** An undo failed for good: operations must look, and the account's people are told. Idempotent by the reason. */
export async function flagForAttention(deps: TellingDeps, input: FlagForAttentionInput): Promise<void> {
  const { agencyId, onboardingId, reason } = input;
  await inTenant(deps.db, agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    const blockers: Blocker[] = [{ code: 'UNDO_FAILED', reason }];
    if (!onboarding || isEnded(onboarding.state) || sameBlockers(onboarding.blockers, blockers)) return;
    const clientId = onboarding.client_id;
    await tellPeople(tx, deps, { agencyId, clientId, kind: 'onboarding.needs_attention' }, onboardingNeedsAttentionMail);
    closing(
      recordOnboarding(tx, input, onboarding, { state: 'needs_attention', blockers }),
      recordEvent(tx, {
        agencyId,
        onboardingId,
        clientId,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.needs_attention',
        after: { reason },
      }),
    );
  });
}
