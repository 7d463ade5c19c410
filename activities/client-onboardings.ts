import { ApplicationFailure } from '@temporalio/common';
import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { EventKind } from '../domain/event.ts';
import type { AgencyId, ClientId, OnboardingId } from '../domain/ids.ts';
import { type LeftOnboarding, recordOnboarding, skipOpenSteps } from './onboarding-record.ts';

export interface UnfinishedOnboarding extends LeftOnboarding {
  id: OnboardingId;
  workflow_id: string;
}

/** The client's unfinished onboardings, locked. To be called before the client is locked; those whose undo operations look after are left to them. */
export async function lockOnboardingsOf(
  tx: TenantTransaction,
  agencyId: AgencyId,
  clientId: ClientId,
  { thoseOfOperationsToo = false } = {},
): Promise<UnfinishedOnboarding[]> {
  const unfinished = unfinishedOf(tx, agencyId, clientId);
  return (thoseOfOperationsToo ? unfinished : unfinished.where('state', '!=', 'needs_attention')).forUpdate().execute();
}

/** Behind the client's lock: did an onboarding find the client after the others were locked? Then everything is begun again, in the order of locks. */
export async function refuseNewcomers(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId, locked: UnfinishedOnboarding[]): Promise<void> {
  const now = await unfinishedOf(tx, agencyId, clientId).where('state', '!=', 'needs_attention').execute();
  if (now.some(({ id }) => !locked.some((known) => known.id === id))) {
    throw ApplicationFailure.retryable('an onboarding has just found the client', 'ClientTakenMeanwhile');
  }
}

function unfinishedOf(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId) {
  return tx
    .selectFrom('onboardings')
    .select(['id', 'workflow_id', 'state', 'client_id', 'client_created'])
    .where('agency_id', '=', agencyId)
    .where('client_id', '=', clientId)
    .where('finished_at', 'is', null)
    .orderBy('id');
}

export interface OnboardingsEnd {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  /** What ended them. */
  because: EventKind;
}

/** Ends locked onboardings whose client has left: what they did is undone with it. Their workflows find that at their next look. */
export async function endWithClient(tx: TenantTransaction, onboardings: UnfinishedOnboarding[], end: OnboardingsEnd): Promise<void> {
  for (const onboarding of onboardings) {
    const key = { agencyId: end.agencyId, onboardingId: onboarding.id };
    await Promise.all([
      undoDoneSteps(tx, key, end.because),
      skipOpenSteps(tx, key),
      recordOnboarding(tx, key, onboarding, { state: 'cancelled', blockers: [] }),
      recordEvent(tx, { ...key, clientId: end.clientId, actor: end.actor, kind: 'onboarding.cancelled', after: { because: end.because } }),
    ]);
  }
}

async function undoDoneSteps(tx: TenantTransaction, { agencyId, onboardingId }: { agencyId: AgencyId; onboardingId: OnboardingId }, because: EventKind) {
  await tx
    .updateTable('onboarding_steps')
    .set({ state: 'undone', detail: because, finished_at: sql<Date>`now()` })
    .where('agency_id', '=', agencyId)
    .where('onboarding_id', '=', onboardingId)
    .where('state', '=', 'done')
    .execute();
}
