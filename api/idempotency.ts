import { createHash, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { claimKey, type IdempotencyKey, keepFirstAnswer } from '../db/idempotency-key.ts';
import type { Database } from '../db/schema.ts';
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
 * For requests that start a workflow under an id that follows from the idempotency key. The key is claimed before anything is done, the workflow makes
 * the work happen once, and here the answer is kept for good, refusals included. A claim whose work never happened lets the same request on.
 *
 * Refuses with `IDEMPOTENCY_KEY_REUSED` where the key came before with another request.
 */
export async function answerOnce(c: AppContext, identity: RequestIdentity, work: (once: Once) => Promise<Answer>): Promise<Response> {
  const once = onceOf(c, identity);
  const key = keyOf(identity, once);
  if (!key) return send(c, await work(once), false);

  const { db } = c.var.deps;
  const known = await claim(c, db, key, 'statement');
  if (known) return send(c, known, true);
  const { fromTemporal, ...answer }: KeptAnswer = await settle(() => work(once));
  const keeping = keepFirstAnswer(db, key, keptColumns(c, answer));
  if (fromTemporal === 'first') {
    keeping.catch((error) => c.var.deps.log.warn({ err: error, requestId: c.var.requestId }, 'an answer was given and not kept; a replay makes it again'));
    return send(c, answer, false);
  }
  // A twin was faster: its answer is everybody's.
  const kept = (await keeping) ? undefined : await claim(c, db, key, 'statement');
  return send(c, kept ?? answer, kept !== undefined || fromTemporal === 'replay');
}

/**
 * For requests that the API carries out itself: claim, change and answer are one transaction, and a twin that comes at the same time waits for it and
 * gets its answer.
 *
 * @param complete adds what is not kept with an answer, for it can be erased, whenever the answer is given
 */
export async function changeOnce(
  c: AppContext,
  identity: RequestIdentity,
  change: (tx: TenantTransaction, once: Once) => Promise<Answer>,
  complete: (tx: TenantTransaction, kept: Answer) => Promise<Answer> = async (_, kept) => kept,
): Promise<Response> {
  const once = onceOf(c, identity);
  const key = keyOf(identity, once);
  const { accountId } = identity;
  const made = await inTenant(c.var.deps.db, accountId, async (tx, closing) => {
    const known = key && (await claim(c, tx, key, 'transaction'));
    if (known) return { answer: known.refusal ? known : await complete(tx, known), replayed: true };
    const answer = await change(tx, once);
    const given = await complete(tx, answer);
    if (key) {
      const kept = tx.updateTable('idempotency_keys').set(keptColumns(c, answer));
      closing(kept.where('agency_id', '=', accountId).where('key_hash', '=', key.hash).execute());
    }
    return { answer: given, replayed: false };
  });
  return send(c, made.answer, made.replayed);
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

function keyOf({ accountId, key }: RequestIdentity, { fingerprint }: Once): IdempotencyKey | undefined {
  return key === undefined ? undefined : { accountId, hash: hash(key), fingerprint: Buffer.from(fingerprint, 'base64url') };
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

/** Claims the key for this request, or returns the answer that it was given before. */
async function claim(c: AppContext, db: Kysely<Database>, key: IdempotencyKey, scope: 'transaction' | 'statement'): Promise<KeptAnswer | undefined> {
  const claimed = await claimKey(db, key, scope);
  // Emptied when the client was erased that it told of.
  if (claimed?.answer?.length === 0) throw refused('NOT_FOUND', { detail: 'The client that this request was about is erased.' });
  if (claimed && !claimed.fingerprint.equals(key.fingerprint)) throw refused('IDEMPOTENCY_KEY_REUSED');
  return claimed?.answer ? JSON.parse(c.var.deps.secrets.open(claimed.answer)) : undefined;
}

/** What is kept of an answer. Encrypted, for it can hold a secret that is shown once. */
function keptColumns(c: AppContext, { about, ...answer }: KeptAnswer) {
  return { about_client: about ?? null, status: answer.status, answer: c.var.deps.secrets.seal(JSON.stringify(answer)) };
}
