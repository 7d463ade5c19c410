import type { Actor, Origin } from '../../domain/actor.ts';
import type { EventFields } from '../../domain/event.ts';
import type { AccountId, ClientId, EventId, OnboardingId, ProjectId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

export interface EventRecord {
  id: EventId;
  kind: string;
  actor: Actor;
  /** Where the request came from; null for what no request asked for. */
  origin: Origin | null;
  clientId: ClientId | null;
  projectId: ProjectId | null;
  onboardingId: OnboardingId | null;
  before: EventFields | null;
  after: EventFields | null;
  /** What was personal in it is gone. */
  erased: boolean;
  at: Date;
}

/** The account's events with what is personal in them, for the queries of this folder to narrow. */
export function selectEvents(reader: TenantReader, accountId: AccountId) {
  return reader
    .selectFrom('events as event')
    .leftJoin('event_details as details', (join) =>
      join.onRef('details.agency_id', '=', 'event.agency_id').onRef('details.event_id', '=', 'event.id').on('details.agency_id', '=', accountId),
    )
    .where('event.agency_id', '=', accountId)
    .select([
      'event.id',
      'event.kind',
      'event.actor',
      'event.origin',
      'event.client_id',
      'event.project_id',
      'event.onboarding_id',
      'event.before',
      'event.after',
      'event.details_hash',
      'event.at',
      'details.content',
    ]);
}

export interface EventRow {
  id: EventId;
  kind: string;
  actor: Actor;
  origin: Origin | null;
  client_id: ClientId | null;
  project_id: ProjectId | null;
  onboarding_id: OnboardingId | null;
  before: EventFields | null;
  after: EventFields | null;
  details_hash: Buffer | null;
  at: Date;
  content: string | null;
}

export function toEvent({ content, details_hash, client_id, project_id, onboarding_id, ...row }: EventRow): EventRecord {
  // Written by `recordEvent` alone, so it is what that writes.
  const personal: { before: EventFields | null; after: EventFields | null } = content === null ? { before: null, after: null } : JSON.parse(content);
  return {
    id: row.id,
    kind: row.kind,
    actor: row.actor,
    origin: row.origin,
    clientId: client_id,
    projectId: project_id,
    onboardingId: onboarding_id,
    before: row.before && { ...row.before, ...personal.before },
    after: row.after && { ...row.after, ...personal.after },
    erased: details_hash !== null && content === null,
    at: row.at,
  };
}
