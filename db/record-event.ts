import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../domain/actor.ts';
import { type EventFields, type EventKind, setPersonalApart } from '../domain/event.ts';
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
  before?: EventFields | null;
  after?: EventFields | null;
}

/**
 * Appends to the history in the transaction of the change itself: either both stand or neither. What is personal goes beside the
 * event, where it can be erased. As the transaction commits, Postgres seals the event into the account's chain.
 */
export async function recordEvent(tx: TenantTransaction, event: NewEvent): Promise<void> {
  const { agencyId, kind, clientId = null, projectId = null, onboardingId = null, before = null, after = null } = event;
  const { origin = null, ...actor } = event.actor;
  const { lasting, personal } = setPersonalApart(kind, clientId !== null, { before, after });
  const row = {
    agency_id: agencyId,
    kind,
    actor: JSON.stringify(actor),
    origin: origin && JSON.stringify(origin),
    client_id: clientId,
    project_id: projectId,
    onboarding_id: onboardingId,
    before: JSON.stringify(lasting.before),
    after: JSON.stringify(lasting.after),
  };
  if (personal === null) {
    await tx.insertInto('events').values(row).execute();
    return;
  }
  const [salt, content] = [randomBytes(16), JSON.stringify(personal)];
  await tx
    .with('event', (db) =>
      db
        .insertInto('events')
        .values({ ...row, details_hash: hashDetails(salt, content) })
        .returning(['agency_id', 'id as event_id']),
    )
    .insertInto('event_details')
    .columns(['agency_id', 'event_id', 'client_id', 'salt', 'content'])
    .expression((db) =>
      db
        .selectFrom('event')
        .select(['agency_id', 'event_id'])
        .select((eb) => [eb.val(clientId).as('client_id'), eb.val(salt).as('salt'), eb.val(content).as('content')]),
    )
    .execute();
}

/** What stays of an event's details when they are erased. */
export function hashDetails(salt: Buffer, content: string): Buffer {
  return createHash('sha256').update(salt).update(content).digest();
}
