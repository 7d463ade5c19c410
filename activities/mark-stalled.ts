import { recordEvent } from '../db/record-event.ts';
import { inTenant } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { onboardingStalledMail } from '../mail/onboarding-stalled.ts';
import { lockOnboarding, type OnboardingKey, recordOnboarding } from './onboarding-record.ts';
import { type TellingDeps, tellPeople } from './tell-people.ts';

export interface MarkStalledInput extends OnboardingKey {
  clientId: ClientId;
}

/** The wait for a project has lasted too long, and the account's people are told. The onboarding still accepts one. Idempotent by state. */
export async function markStalled(deps: TellingDeps, input: MarkStalledInput): Promise<void> {
  const { agencyId, clientId } = input;
  await inTenant(deps.db, agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    if (onboarding?.state !== 'waiting_for_project') return;
    const since = onboarding.state_since;
    await tellPeople(tx, deps, { agencyId, clientId, kind: 'onboarding.stalled' }, (notified) => onboardingStalledMail(notified, since));
    closing(
      recordOnboarding(tx, input, onboarding, { state: 'stalled', blockers: onboarding.blockers }),
      recordEvent(tx, {
        ...input,
        actor: { kind: 'system', label: 'onboarding' },
        kind: 'onboarding.stalled',
        after: { since: since.toISOString() },
      }),
    );
  });
}
