import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { AccountId } from '../domain/ids.ts';
import { connectTimeoutMs } from './connect.ts';

/** Where the chain of an account stood: kept beside the chain it tells what was cut off or written anew since. */
export interface HistoryAnchor {
  accountId: AccountId;
  position: number;
  /** Hex. */
  hash: string;
}

export const historyAnchors = z.array(
  z.object({ accountId: z.uuid().transform((id) => id as AccountId), position: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
);

/** The last anchors in the database, as the key finds them; `broken` where a signature does not hold, with what is not as it was written. */
export type SignedAnchors = { state: 'none' } | { state: 'whole'; at: Date; anchors: HistoryAnchor[] } | { state: 'broken'; finding: string };

interface Signed {
  number: number;
  at: Date;
  digest: Buffer;
  mac: Buffer;
}

interface Kept extends Signed {
  /** Of the last ones alone. */
  heads: string | null;
}

const none = Buffer.alloc(32);

/** Over the signature before it, so that none can be taken out from between two others. */
function sign(key: Buffer, before: Buffer, { number, at, digest }: Omit<Signed, 'mac'>): Buffer {
  return createHmac('sha256', key)
    .update(before)
    .update(JSON.stringify([number, at.toISOString(), digest.toString('hex')]))
    .digest();
}

/**
 * @param url as for `verifyHistory`
 * @param key 32 bytes that the database has nowhere
 */
export async function readSignedAnchors(url: string, key: Buffer): Promise<SignedAnchors> {
  return connected(url, async (client) => {
    // In one look: another run may sign anchors meanwhile, and those that were the last ones then say no more where the chains stood.
    const { rows } = await client.query<Kept>('select number::float8, at, heads, digest, mac from foyer.history_anchors order by number');
    const broken = rows.find((row, index) => row.number !== index + 1 || !row.mac.equals(sign(key, rows[index - 1]?.mac ?? none, row)));
    if (broken) return { state: 'broken', finding: `anchor ${broken.number}, or one before it, was changed or removed, or was signed with another key` };
    const last = rows.at(-1);
    if (!last) return { state: 'none' };
    const heads = last.heads ?? '';
    if (!digestOf(heads).equals(last.digest)) return { state: 'broken', finding: `anchor ${last.number} was changed` };
    return { state: 'whole', at: last.at, anchors: historyAnchors.parse(JSON.parse(heads)) };
  });
}

/** Signs where the chains stand; they have to have been verified. Of the anchors before, what they are signed for stays, and not where the chains stood. */
export async function signAnchors(url: string, key: Buffer, anchors: readonly HistoryAnchor[]): Promise<void> {
  await connected(url, async (client) => {
    await client.query('begin; lock table foyer.history_anchors in exclusive mode');
    const { rows } = await client.query<{ number: number; mac: Buffer }>('select number::float8, mac from foyer.history_anchors order by number desc limit 1');
    const heads = JSON.stringify(anchors.map(({ accountId, position, hash }) => ({ accountId, position, hash })));
    const anchor = { number: (rows[0]?.number ?? 0) + 1, at: new Date(), digest: digestOf(heads) };
    const mac = sign(key, rows[0]?.mac ?? none, anchor);
    await client.query('update foyer.history_anchors set heads = null where heads is not null');
    const values = [anchor.number, anchor.at, heads, anchor.digest, mac];
    await client.query('insert into foyer.history_anchors (number, at, heads, digest, mac) values ($1, $2, $3, $4, $5)', values);
    await client.query('commit');
  });
}

function digestOf(heads: string): Buffer {
  return createHash('sha256').update(heads).digest();
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'foyer-verify-history', connectionTimeoutMillis: connectTimeoutMs });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
