import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { keepFirstAnswer } from '../db/keep-first-answer.ts';
import { readKeptAnswer } from '../db/read/kept-answer.ts';
import { inTenant, type TenantSight, type TenantTransaction } from '../db/tenant.ts';
import type { AccountId, ClientId } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import { derivedId } from './derived-id.ts';
import type { AppContext } from './environment.ts';
import { Refused, refused } from './refused.ts';

/** What makes a request the same request. */
export interface RequestIdentity {
  /** Whose key it is. */
  accountId: AccountId;
  /** As the caller sent it; without one every request is a new one. */
  key: string | undefined;
  /** What the key stands for: with another request it is refused. */
  request: unknown;
}

/** A request as its work sees it. */
export interface Once {
  /** For workflows, which keep it beside what they were started with. */
  fingerprint: string;
  /** Ids of what the request makes follow from its key. */
  idOf<Id extends string>(kind: string): Id;
}

/** What a request came to: given again, as it was, whenever the request comes again. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Whom it tells of: it is emptied when that client is erased. */
  about?: ClientId;
  /** Made from what Temporal keeps, and the same whenever it is made again: for the request itself it is given before the database has it. */
  fromTemporal?: 'first' | 'replay';
}

interface KeptAnswer extends Answer {
  refusal?: Refusal;
}

/** Refusals that pass by themselves: a request that met one may be sent again with the same key. */
const passing: readonly string[] = ['TEMPORARILY_UNAVAILABLE', 'RATE_LIMITED', 'IDEMPOTENCY_KEY_REUSED'];

/**
 * For requests that start a workflow under an id that follows from the idempotency key. The workflow makes the work happen once; here the
 * answer is kept for good, refusals included.
 *
 * Refuses with `IDEMPOTENCY_KEY_REUSED` where the key came before with another request.
 */
export async function answerOnce(c: AppContext, identity: RequestIdentity, work: (once: Once) => Promise<Answer>): Promise<Response> {
  const { accountId, key } = identity;
  const once = onceOf(c, identity);
  if (key === undefined) return send(c, await work(once), false);

  const known = await findAnswer(c, accountId, key, once);
  if (known) return send(c, known, true);
  const { fromTemporal, ...answer }: KeptAnswer = await settle(() => work(once));
  const keeping = keepAnswer(c, accountId, key, once, answer);
  if (fromTemporal === 'first') {
    keeping.catch((error) => c.var.deps.log.warn({ err: error, requestId: c.var.requestId }, 'an answer was given and not kept; a replay makes it again'));
    return send(c, answer, false);
  }
  const kept = await keeping;
  return send(c, kept ?? answer, kept !== undefined || fromTemporal === 'replay');
}

/**
 * For requests that the API carries out itself: the change and its answer are one transaction, and a twin that comes at the same time waits
 * for it and gets its answer.
 */
export async function changeOnce(c: AppContext, identity: RequestIdentity, change: (tx: TenantTransaction, once: Once) => Promise<Answer>): Promise<Response> {
  const { accountId, key } = identity;
  const once = onceOf(c, identity);
  const { db } = c.var.deps;
  if (key === undefined) return send(c, await inTenant(db, accountId, (tx) => change(tx, once)), false);

  const known = await findAnswer(c, accountId, key, once);
  if (known) return send(c, known, true);
  const answer = await inTenant(db, accountId, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${accountId}/${key}`}, 0))`.execute(tx);
    const made = await tx
      .selectFrom('idempotency_keys')
      .select('status')
      .where('agency_id', '=', accountId)
      .where('key_hash', '=', hash(key))
      .executeTakeFirst();
    if (made) return undefined;
    const changed = await change(tx, once);
    await tx
      .insertInto('idempotency_keys')
      .values({ agency_id: accountId, ...keptColumns(c, key, once, changed) })
      .execute();
    return changed;
  });
  if (answer) return send(c, answer, false);
  const twin = await findAnswer(c, accountId, key, once);
  if (!twin) throw new Error('an idempotency key vanished');
  return send(c, twin, true);
}

/**
 * The caller's `Idempotency-Key`. A member who is restricted to some clients has keys of their own, for an answer that somebody else was given may be
 * about what is out of sight. Refuses one that is no key with `VALIDATION_FAILED`.
 */
export function idempotencyKey(c: AppContext): string | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/headers/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' }] });
  }
  const { caller } = c.var;
  // The platform operator's routes have no sight.
  const sight: TenantSight | undefined = c.var.sight;
  return caller.kind === 'person' && sight?.clientIds ? `${caller.personId} ${key}` : key;
}

function onceOf(c: AppContext, { accountId, key = randomUUID(), request }: RequestIdentity): Once {
  return {
    fingerprint: hash(JSON.stringify([c.req.method, c.req.path, request])).toString('base64url'),
    idOf: (kind) => derivedId(kind, accountId, key),
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A refusal is an answer like any other; a fault is none. */
async function settle(work: () => Promise<Answer>): Promise<KeptAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || passing.includes(error.refusal.code)) throw error;
    return { status: 0, body: null, refusal: error.refusal };
  }
}

function send(c: AppContext, { status, body, headers, refusal }: KeptAnswer, replayed: boolean): Response {
  c.var.canonical.replayed = replayed;
  if (replayed) c.header('Idempotency-Replayed', 'true');
  if (refusal) throw new Refused(refusal);
  for (const [name, value] of Object.entries(headers ?? {})) c.header(name, value);
  return c.json(body as object, status as 200);
}

async function findAnswer(c: AppContext, accountId: AccountId, key: string, { fingerprint }: Once): Promise<KeptAnswer | undefined> {
  const { db, secrets } = c.var.deps;
  const row = await readKeptAnswer(db, accountId, hash(key));
  if (!row) return undefined;
  // Emptied when the client was erased that it told of.
  if (row.answer.length === 0) throw refused('NOT_FOUND', { detail: 'The client that this request was about is erased.' });
  if (row.fingerprint.toString('base64url') !== fingerprint) throw refused('IDEMPOTENCY_KEY_REUSED');
  return JSON.parse(secrets.open(row.answer));
}

/** Keeps the answer, or returns the one that a twin kept before. */
async function keepAnswer(c: AppContext, accountId: AccountId, key: string, once: Once, answer: KeptAnswer): Promise<KeptAnswer | undefined> {
  const kept = await keepFirstAnswer(c.var.deps.db, accountId, keptColumns(c, key, once, answer));
  return kept ? undefined : findAnswer(c, accountId, key, once);
}

/** What is kept of an answer. Encrypted, for it can hold a secret that is shown once. */
function keptColumns(c: AppContext, key: string, { fingerprint }: Once, { about, ...answer }: KeptAnswer) {
  return {
    key_hash: hash(key),
    about_client: about ?? null,
    fingerprint: Buffer.from(fingerprint, 'base64url'),
    status: answer.status,
    answer: c.var.deps.secrets.seal(JSON.stringify(answer)),
  };
}
