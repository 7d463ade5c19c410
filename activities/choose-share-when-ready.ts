import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { isEnded } from '../domain/onboarding.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { lockOnboarding, type OnboardingKey, tellOfOnboarding } from './onboarding-record.ts';
import type { StepRun } from './step-run.ts';

export interface ChooseShareWhenReadyInput extends OnboardingKey {
  wanted: boolean;
  actor: Actor;
}

/** Whether the report is shared by itself as soon as it may be. Idempotent: chosen already, nothing changes; behind the end neither, nor where somebody has chosen otherwise since. */
export async function chooseShareWhenReady(db: Kysely<Database>, input: ChooseShareWhenReadyInput, run: StepRun = firstAttempt): Promise<void> {
  const { agencyId, onboardingId, actor, wanted } = input;
  await inTenant(db, agencyId, async (tx, closing) => {
    const onboarding = await lockOnboarding(tx, input);
    if (!onboarding || isEnded(onboarding.state) || onboarding.share_when_ready === wanted) return;
    if (await wasCarriedOut(tx, run, input, 'onboarding.share_when_ready')) return;
    closing(
      tx
        .updateTable('onboardings')
        .set({ share_when_ready: wanted, share_chosen_by: JSON.stringify(actor) })
        .where('agency_id', '=', agencyId)
        .where('id', '=', onboardingId)
        .returning(tellOfOnboarding(input))
        .execute(),
      recordEvent(tx, { agencyId, onboardingId, clientId: onboarding.client_id, actor, kind: 'onboarding.share_when_ready', after: { wanted } }),
    );
  });
}
