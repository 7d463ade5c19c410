import type { Actor } from '../domain/actor.ts';
import type { EventKind } from '../domain/event.ts';
import type { AccountId, ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import type { TenantTransaction } from './tenant.ts';

export interface NewEvent {
  agencyId: AccountId;
  kind: EventKind;
  actor: Actor;
  clientId?: ClientId | null;
  projectId?: ProjectId | null;
  onboardingId?: OnboardingId | null;
  /** The fields that changed, before and after; never a secret. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Appends to the history in the transaction of the change itself: either both stand or neither. */
export async function recordEvent(tx: TenantTransaction, event: NewEvent): Promise<void> {
  await tx
    .insertInto('events')
    .values({
      agency_id: event.agencyId,
      kind: event.kind,
      actor: JSON.stringify(event.actor),
      client_id: event.clientId ?? null,
      project_id: event.projectId ?? null,
      onboarding_id: event.onboardingId ?? null,
      before: JSON.stringify(event.before ?? null),
      after: JSON.stringify(event.after ?? null),
    })
    .execute();
}
