import { createHash, randomBytes } from 'node:crypto';
import { type QueryCreator, sql } from 'kysely';
import type { Actor } from '../domain/actor.ts';
import { type EventFields, type EventKind, setPersonalApart } from '../domain/event.ts';
import type { AccountId, ClientId, OnboardingId, ProjectId } from '../domain/ids.ts';
import type { Database } from './schema.ts';
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
  const { row, details } = written(event);
  if (details) await withEvents(tx, [event]).selectNoFrom(sql.lit(1).as('told')).execute();
  else await tx.insertInto('events').values(row).execute();
}

/** `recordEvent` for several, in this order, as a part of the statement that follows: what a step changes and what is told of it are one message. */
export function withEvents(db: QueryCreator<Database>, events: readonly NewEvent[]): QueryCreator<Database> {
  if (events.length === 0) return db;
  const all = events.map(written);
  const details = all.flatMap((event) => event.details ?? []);
  const withRows = db.with('event', (inner) =>
    inner
      .insertInto('events')
      .values(all.map(({ row }) => row))
      .returning(['agency_id', 'id', 'client_id', 'details_hash']),
  );
  if (details.length === 0) return withRows;
  // An event knows its details by their hash, which a random salt makes its own.
  const given = sql<{ hash: Buffer; salt: Buffer; content: string }>`(values ${sql.join(
    details.map(({ hash, salt, content }) => sql`(${hash}::bytea, ${salt}::bytea, ${content}::text)`),
  )})`.as<'given'>(sql`given (hash, salt, content)`);
  return withRows.with('details', (inner) =>
    inner
      .insertInto('event_details')
      .columns(['agency_id', 'event_id', 'client_id', 'salt', 'content'])
      .expression((eb) =>
        eb
          .selectFrom('event')
          .innerJoin(given, 'given.hash', 'event.details_hash')
          .select(['event.agency_id', 'event.id', 'event.client_id', 'given.salt', 'given.content']),
      ),
  );
}

interface Details {
  hash: Buffer;
  salt: Buffer;
  content: string;
}

/** An event as it stands in its table, and what stands beside it. */
function written(event: NewEvent) {
  const { agencyId, kind, clientId = null, projectId = null, onboardingId = null, before = null, after = null } = event;
  const { origin = null, ...actor } = event.actor;
  const { lasting, personal } = setPersonalApart(kind, clientId !== null, { before, after });
  const details = personal === null ? null : apart(JSON.stringify(personal));
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
    details_hash: details?.hash ?? null,
  };
  return { row, details };
}

function apart(content: string): Details {
  const salt = randomBytes(16);
  return { hash: hashDetails(salt, content), salt, content };
}

/** What stays of an event's details when they are erased. */
export function hashDetails(salt: Buffer, content: string): Buffer {
  return createHash('sha256').update(salt).update(content).digest();
}
