import { sql } from 'kysely';
import type { EventKind } from '../../domain/event.ts';
import type { AccountId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';
import { type EventRecord, type EventRow, selectEvents, toEvent } from './event-records.ts';

export interface HistoryFilter {
  kind?: EventKind | undefined;
  /** The id of a person, a key or a connection. */
  actorId?: string | undefined;
  clientId?: ClientId | undefined;
  projectId?: ProjectId | undefined;
  /** Not before. */
  from?: Date | undefined;
  /** Before. */
  to?: Date | undefined;
}

/** An event and its place in the account's chain. */
export interface HistoryRecord extends EventRecord {
  position: number;
  /** Of this event and, through it, of every one before it. */
  hash: Buffer;
}

export type HistoryRow = EventRow & { position: number; hash: Buffer };

/** The account's events that the filter lets through, with their places in the chain, for the queries of this folder to order and cut. */
export function selectHistory(reader: TenantReader, accountId: AccountId, filter: HistoryFilter) {
  let query = selectEvents(reader, accountId)
    .innerJoin('event_seals as seal', (join) => join.onRef('seal.agency_id', '=', 'event.agency_id').onRef('seal.event_id', '=', 'event.id'))
    .select(['seal.position', 'seal.hash']);
  if (filter.kind) query = query.where('event.kind', '=', filter.kind);
  if (filter.actorId) query = query.where(sql<boolean>`event.actor ->> 'id' = ${filter.actorId}`);
  if (filter.clientId) query = query.where('event.client_id', '=', filter.clientId);
  if (filter.projectId) query = query.where('event.project_id', '=', filter.projectId);
  if (filter.from) query = query.where('event.at', '>=', filter.from);
  if (filter.to) query = query.where('event.at', '<', filter.to);
  return query;
}

export function toHistory({ position, hash, ...event }: HistoryRow): HistoryRecord {
  return { ...toEvent(event), position, hash };
}
