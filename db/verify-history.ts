import { createHash } from 'node:crypto';
import pg from 'pg';
import type { AccountId } from '../domain/ids.ts';
import { connectTimeoutMs } from './connect.ts';
import type { HistoryAnchor } from './history-anchors.ts';
import { hashDetails } from './record-event.ts';

export interface VerifiedHistory extends HistoryAnchor {
  /** Events whose personal part was erased with their client, or with the person whom they tell of. */
  erased: number;
  /** The first thing that is not as it was written, or null. */
  finding: string | null;
}

const batchSize = 2_000;

/**
 * Walks the chain of every account, oldest account first, in one snapshot. Hashes are made here, not by the database: what was done to its functions
 * is no matter. `anchors` are what earlier runs came to.
 *
 * @param url with a role that row-level security does not hold back: a superuser, or one with BYPASSRLS
 */
export async function* verifyHistory(url: string, anchors: readonly HistoryAnchor[] = []): AsyncGenerator<VerifiedHistory> {
  const client = new pg.Client({ connectionString: url, application_name: 'foyer-verify-history', connectionTimeoutMillis: connectTimeoutMs });
  await client.connect();
  try {
    // Off means that a role which would not see everything is refused, rather than shown less.
    await client.query(`begin isolation level repeatable read read only; set local row_security = off; set local search_path = pg_catalog`);
    const accounts = await client.query<{ id: AccountId }>(
      `select agency_id as id from foyer.events union select agency_id from foyer.event_seals union select unnest($1::uuid[]) order by id`,
      [anchors.map(({ accountId }) => accountId)],
    );
    for (const { id } of accounts.rows) {
      const ofAccount = anchors.filter(({ accountId }) => accountId === id);
      yield await verifyAccount(client, id, ofAccount);
    }
  } finally {
    await client.end();
  }
}

async function verifyAccount(client: pg.Client, accountId: AccountId, anchors: HistoryAnchor[]): Promise<VerifiedHistory> {
  const erasures = await erasuresIn(client, accountId);
  const walk: VerifiedHistory = { accountId, position: 0, hash: '00'.repeat(32), erased: 0, finding: null };
  for (let rows = await nextLinks(client, walk); rows.length > 0; rows = await nextLinks(client, walk)) {
    for (const link of rows) {
      walk.finding = findingAt(link, walk, erasures) ?? brokenAnchor(link, anchors);
      if (walk.finding) return walk;
      if (isErased(link)) walk.erased++;
      walk.position = link.position;
      walk.hash = link.hash.toString('hex');
    }
  }
  const cut = anchors.find(({ position }) => position > walk.position);
  walk.finding = cut ? `everything behind position ${walk.position} was removed: the chain had come to ${cut.position}` : await strayRow(client, accountId);
  return walk;
}

interface Link {
  position: number;
  event_id: string;
  previous_hash: Buffer;
  hash: Buffer;
  kind: string | null;
  client_id: string | null;
  details_hash: Buffer | null;
  /** Every column of the event as text, in the order in which they are hashed; null when there is no such event. */
  fields: (string | null)[] | null;
  salt: Buffer | null;
  content: string | null;
}

async function nextLinks(client: pg.Client, { accountId, position }: HistoryAnchor): Promise<Link[]> {
  const { rows } = await client.query<Link>(
    `select seal.position::float8, seal.event_id, seal.previous_hash, seal.hash, event.kind, event.client_id, event.details_hash, details.salt, details.content,
       case when event.id is not null then array[
         event.agency_id::text, event.id::text, event.txid::text, event.kind, event.actor::text, event.origin::text, event.client_id::text,
         event.project_id::text, event.onboarding_id::text, event.before::text, event.after::text, encode(event.details_hash, 'hex'),
         (extract(epoch from event.at) * 1000)::bigint::text
       ] end as fields
     from foyer.event_seals as seal
     left join foyer.events as event on event.agency_id = seal.agency_id and event.id = seal.event_id
     left join foyer.event_details as details on details.agency_id = seal.agency_id and details.event_id = seal.event_id
     where seal.agency_id = $1 and seal.position > $2 order by seal.position limit ${batchSize}`,
    [accountId, position],
  );
  return rows;
}

function findingAt(link: Link, before: HistoryAnchor, erasures: Erasures): string | null {
  const { position, event_id, fields, kind } = link;
  if (position !== before.position + 1) return `the event at position ${before.position + 1} was removed`;
  if (link.previous_hash.toString('hex') !== before.hash) return `the seal at position ${position}, or the one before it, was changed`;
  if (!fields) return `the event at position ${position} (${event_id}) was removed`;
  if (!hashLink(link.previous_hash, position, fields).equals(link.hash)) return `the event at position ${position} (${event_id}, ${kind}) was changed`;
  return detailsFinding(link, erasures);
}

function hashLink(previousHash: Buffer, position: number, fields: (string | null)[]): Buffer {
  const read = [String(position), ...fields].map((field) => (field === null ? '-' : `${Buffer.byteLength(field)}:${field}`));
  return createHash('sha256').update(previousHash).update(read.join(',')).digest();
}

function detailsFinding(link: Link, { clients, events }: Erasures): string | null {
  const { position, event_id, details_hash, salt, content, client_id } = link;
  const where = `position ${position} (${event_id})`;
  if (salt === null || content === null) {
    if (details_hash === null || (client_id === null ? events.has(event_id) : clients.has(client_id))) return null;
    const whom = client_id === null ? 'nobody of whom it tells was ever erased' : 'its client was never erased';
    return `the details of the event at ${where} were removed, and ${whom}`;
  }
  if (details_hash === null) return `details were inserted for the event at ${where}`;
  return hashDetails(salt, content).equals(details_hash) ? null : `the details of the event at ${where} were changed`;
}

function isErased({ details_hash, content }: Link): boolean {
  return details_hash !== null && content === null;
}

function brokenAnchor({ position, hash }: Link, anchors: HistoryAnchor[]): string | null {
  const broken = anchors.find((anchor) => anchor.position === position && anchor.hash !== hash.toString('hex'));
  return broken ? `the chain up to position ${position} was written anew since it was anchored` : null;
}

/** The clients that were erased, or removed before they were active, and the events that tell of people who were. */
interface Erasures {
  clients: ReadonlySet<string>;
  events: ReadonlySet<string>;
}

async function erasuresIn(client: pg.Client, accountId: AccountId): Promise<Erasures> {
  const { rows } = await client.query<{ client_id: string | null; events: string[] | null }>(
    `select client_id, after -> 'events' as events from foyer.events where agency_id = $1 and kind in ('client.erased', 'client.removed', 'member.erased')`,
    [accountId],
  );
  return { clients: new Set(rows.flatMap(({ client_id }) => client_id ?? [])), events: new Set(rows.flatMap(({ events }) => events ?? [])) };
}

/** What the walk along the seals does not come by. */
async function strayRow(client: pg.Client, accountId: AccountId): Promise<string | null> {
  const { rows: events } = await client.query<{ id: string; kind: string }>(
    `select id, kind from foyer.events as event where agency_id = $1
       and not exists (select from foyer.event_seals as seal where seal.agency_id = event.agency_id and seal.event_id = event.id) order by id limit 1`,
    [accountId],
  );
  const [event] = events;
  if (event) return `the event ${event.id} (${event.kind}) was inserted past the chain, or its seal was removed`;
  const { rows: details } = await client.query<{ event_id: string }>(
    `select event_id from foyer.event_details as details where agency_id = $1
       and not exists (select from foyer.events as event where event.agency_id = details.agency_id and event.id = details.event_id) order by event_id limit 1`,
    [accountId],
  );
  return details[0] ? `details were inserted for an event ${details[0].event_id} that is not there` : null;
}
