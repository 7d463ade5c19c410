import { HTTPException } from 'hono/http-exception';
import type { CrmConnectionRecord } from '../../db/read/crm-connection.ts';
import type { Origin } from '../../domain/actor.ts';
import { type StandardCrmEvent, standardCrmEvent } from '../../domain/crm.ts';
import { actOf, type CrmAct, type CrmReading, dataAsMapped, pathAsSent } from '../../domain/crm-reading.ts';
import type { OnboardingId } from '../../domain/ids.ts';
import type { AppContext } from '../environment.ts';
import { fieldErrors } from '../field-errors.ts';
import { answerOnce } from '../idempotency.ts';
import { z } from '../operation.ts';
import { originOf } from '../origin.ts';
import { refuseStillToCome } from '../refuse-still-to-come.ts';
import { Refused, refused } from '../refused.ts';
import { admit } from '../request-limits.ts';
import { type CrmOutcome, takeCrmEvent } from './crm-event.ts';
import { type CrmDelivery, logDelivery, logUnverified } from './delivery-log.ts';
import { verifyStandardWebhook } from './standard.ts';

/** A message as it came in: nothing of it is parsed before its signature holds. */
export interface CrmMessage {
  body: Buffer;
  headers: Headers;
}

/** One answer for a connection that is not there and for a signature that does not hold, so that nothing is learnt. */
export function unverified(): Refused {
  return refused('UNAUTHENTICATED', { detail: 'The signature does not hold, or its timestamp is more than five minutes off.' });
}

export const crmOutcomeSchema = z.union([z.object({ onboardingId: z.uuid() }), z.object({ ignored: z.string() })]);

/**
 * Takes a message of a connection once, whoever delivers it how often, and writes down what became of it.
 * Refuses with `UNAUTHENTICATED`, `RATE_LIMITED`, `VALIDATION_FAILED`, `IDEMPOTENCY_KEY_REUSED`, `TEMPORARILY_UNAVAILABLE`.
 */
export async function receiveCrmMessage(c: AppContext, connection: CrmConnectionRecord, { body, headers }: CrmMessage) {
  const { deps } = c.var;
  const { id: connectionId, agencyId } = connection;
  const orWarn = (error: unknown) => deps.log.warn({ err: error, requestId: c.var.requestId }, 'a delivery was answered and not written down');
  const messageId = verifyStandardWebhook(body, headers, connection.secrets.map(deps.secrets.open));
  if (!messageId) {
    await logUnverified(deps.db, { agencyId, connectionId }).catch(orWarn);
    throw unverified();
  }
  admit(c, 'account', agencyId);
  const message = parseEnvelope(body);
  const write = (became: Pick<CrmDelivery, 'outcome' | 'onboardingId' | 'reason'>) =>
    logDelivery(deps.db, { agencyId, connectionId, messageId, type: message.type, replayed: c.var.canonical.replayed ?? false, ...became }).catch(orWarn);

  try {
    const { act, event } = parseEvent(message, connection.reading);
    const response = await answerOnce(c, { accountId: agencyId, key: `crm/${connectionId}/${messageId}`, request: event }, async () => ({
      status: 202,
      body: event
        ? await takeCrmEvent(deps, { act, ...crmEvent(connection, messageId, event, originOf(c)) })
        : { ignored: 'events of this type start nothing' },
    }));
    const outcome: CrmOutcome = (await response.clone().json()) as CrmOutcome;
    await write(
      'ignored' in outcome
        ? { outcome: 'ignored', onboardingId: null, reason: outcome.ignored }
        : { outcome: 'onboarding', onboardingId: outcome.onboardingId as OnboardingId, reason: null },
    );
    return { response, outcome };
  } catch (error) {
    const reason = error instanceof Refused ? error.refusal.code : error instanceof HTTPException ? 'the body is not JSON that can be read' : null;
    // What is sent again later is written down then.
    if (reason && reason !== 'TEMPORARILY_UNAVAILABLE') await write({ outcome: 'refused', onboardingId: null, reason });
    throw error;
  }
}

interface Envelope {
  /** Undefined where the body is not JSON. */
  json: unknown;
  type: string | null;
}

function parseEnvelope(body: Buffer): Envelope {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    const { data } = z.object({ type: z.string() }).safeParse(json);
    return { json, type: data?.type ?? null };
  } catch {
    return { json: undefined, type: null };
  }
}

type ParsedEvent = { act: CrmAct; event: StandardCrmEvent } | { act?: undefined; event?: undefined };

/** Nothing for an event of a type that the connection has no use for; refuses what cannot be read. */
function parseEvent({ json, type }: Envelope, { trigger, mapping }: CrmReading): ParsedEvent {
  if (json === undefined) throw new HTTPException(400);
  const act = type === null ? undefined : actOf(type, trigger);
  if (type !== null && !act) return {};
  const { data, ...envelope } = z.looseObject({ data: z.unknown() }).catch({ data: undefined }).parse(json);
  const event = standardCrmEvent.safeParse({ ...envelope, data: dataAsMapped(data, mapping) });
  if (act && event.success) {
    refuseStillToCome(event.data.timestamp, '/timestamp');
    return { act, event: event.data };
  }
  const issues = event.error?.issues.map((issue) => ({ ...issue, path: pathAsSent(issue.path, mapping) })) ?? [];
  throw refused('VALIDATION_FAILED', { errors: fieldErrors({ issues }, '') });
}

function crmEvent({ id, agencyId, provider }: CrmConnectionRecord, messageId: string, { timestamp, data }: StandardCrmEvent, origin: Origin) {
  return { agencyId, connectionId: id, messageId, at: timestamp, data, actor: { kind: 'crm', id, label: provider, origin } as const };
}
