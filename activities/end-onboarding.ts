import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { type Blocker, isEnded } from '../domain/onboarding.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding, skipOpenSteps } from './onboarding-record.ts';

export interface EndOnboardingInput extends OnboardingKey {
  state: 'refused' | 'cancelled';
  /** Why it was refused; empty when cancelled. */
  blockers: Blocker[];
  actor: Actor;
}

/** After the undo: the onboarding has ended, and steps it never came to are skipped. Idempotent by state. */
export async function endOnboarding(db: Kysely<Database>, input: EndOnboardingInput): Promise<void> {
  const { agencyId, onboardingId, actor, state, blockers } = input;
  await inTenant(db, agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    if (!onboarding || isEnded(onboarding.state)) return;
    closing(
      skipOpenSteps(tx, input),
      recordOnboarding(tx, input, onboarding, { state, blockers }),
      recordEvent(tx, { agencyId, onboardingId, actor, clientId: onboarding.client_id, kind: `onboarding.${state}`, after: { blockers } }),
    );
  });
}
