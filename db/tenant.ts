import { type Kysely, sql } from 'kysely';
import type { ReadonlyKysely } from 'kysely/readonly';
import type { AccountId, ClientId, CrmConnectionId } from '../domain/ids.ts';
import { onOneConnection } from './one-connection.ts';
import type { Database } from './schema.ts';

/** A connection inside a transaction that sees and changes one tenant's rows only. */
export type TenantTransaction = Kysely<Database>;
export type TenantReader = ReadonlyKysely<Database>;

/** A tenant as somebody sees it: whole, or, for a member who is restricted to some clients, these and what belongs to them. */
export interface TenantSight {
  agencyId: AccountId;
  clientIds?: readonly ClientId[];
}

/** Whose rows a transaction sees: a tenant's, or the one row that a caller proves to know before the tenant is known; by a link's token, what it opens. */
export type Sight = TenantSight | { presentedConnectionId: CrmConnectionId } | { presentedInvitationHash: Buffer } | { presentedTokenHash: Buffer };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** It is written into a statement, so it must be nothing but an id. */
function idOnly(value: string): string {
  if (!uuidPattern.test(value)) throw new TypeError(`not an id: ${value}`);
  return value;
}

function settings(sight: Sight): string[] {
  if ('presentedConnectionId' in sight) return [`foyer.presented_connection = '${idOnly(sight.presentedConnectionId)}'`];
  if ('presentedInvitationHash' in sight) return [`foyer.presented_invitation = '${sight.presentedInvitationHash.toString('hex')}'`];
  if ('presentedTokenHash' in sight) return [`foyer.presented_token = '${sight.presentedTokenHash.toString('hex')}'`];
  const tenant = `foyer.agency_id = '${idOnly(sight.agencyId)}'`;
  return sight.clientIds ? [tenant, `foyer.visible_clients = '{${sight.clientIds.map(idOnly)}}'`] : [tenant];
}

function begin(sight: Sight, mode: 'read only' | 'read write') {
  // Commands, where set_config would be a query to plan.
  return sql.raw([`begin ${mode}`, ...settings(sight).map((setting) => `set local ${setting}`)].join('; '));
}

/**
 * Takes the last writes of a transaction, on whose outcome nothing depends any more: they travel together with the commit. One that fails
 * fails the transaction.
 */
export type Closing = (...writes: (Promise<unknown> | false)[]) => void;

/**
 * Runs `work` in one transaction walled to the agency; resolves once it is committed, rolls back when `work` throws.
 * The settings hold for the transaction alone, so a pooled connection never carries a tenant over.
 */
export async function inTenant<T>(db: Kysely<Database>, agencyId: AccountId, work: (tx: TenantTransaction, closing: Closing) => Promise<T>): Promise<T> {
  return onOneConnection(db, async (connection) => {
    const begun = begin({ agencyId }, 'read write').execute(connection);
    begun.catch(ignore);
    const last: (Promise<unknown> | false)[] = [begun];
    try {
      const result = await work(connection, (...writes) => last.push(...writes));
      const committed = commit(connection);
      committed.catch(ignore);
      // The statement that failed tells why, before the commit behind it tells that it could not.
      await Promise.all(last);
      await committed;
      return result;
    } catch (error) {
      await sql`rollback`.execute(connection).catch(ignore);
      throw error;
    }
  });
}

/** Walls a transaction over several agencies to the next of them. What waits for the commit works behind the wall as well, so it is done before. */
export async function enterTenant(tx: TenantTransaction, agencyId: AccountId): Promise<void> {
  await sql.raw(`set constraints all immediate; set constraints all deferred; set local foyer.agency_id = '${idOnly(agencyId)}'`).execute(tx);
}

/**
 * Reads with `work` in one read-only transaction with the given sight. The statements travel together and nobody waits for the end of the
 * transaction: the next user of the connection queues behind it.
 */
export async function readInTenant<T>(db: Kysely<Database>, sight: Sight, work: (reader: TenantReader) => Promise<T>): Promise<T> {
  return onOneConnection(db, async (connection) => {
    const begun = begin(sight, 'read only').execute(connection);
    begun.catch(ignore);
    try {
      const found = await work(reading(connection));
      sql`commit`.execute(connection).catch(ignore);
      return found;
    } catch (error) {
      // Work that failed may have left statements under way: they must be through before the next user has the connection.
      await sql`rollback`.execute(connection).catch(ignore);
      throw error;
    }
  });
}

/** The reading half of a transaction, for the queries of `db/read`. Kysely makes the two types unrelated, so this is the one place that casts. */
export function reading(tx: TenantTransaction): TenantReader {
  return tx as unknown as TenantReader;
}

/** Its error reaches the statement behind it, which is awaited: that one fails with the cause. */
function ignore(): void {}

async function commit(connection: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ command: string }>`commit`.execute(connection);
  // Postgres ends a transaction in which a statement failed by rolling back, and says so only here.
  if (rows[0]?.command === 'ROLLBACK') throw new Error('the transaction was rolled back');
}
