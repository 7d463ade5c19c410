import { HTTPException } from 'hono/http-exception';
import type { z as zod } from 'zod';
import { type CrmConnectionRecord, readCrmConnection } from '../../db/read/crm-connection.ts';
import { readInTenant } from '../../db/tenant.ts';
import { crmEventTypes, type StandardCrmEvent, standardCrmEvent } from '../../domain/crm.ts';
import { fieldErrors } from '../field-errors.ts';
import { answerOnce } from '../idempotency.ts';
import { bodyProblems, createRoute, jsonResponse, operation, z } from '../operation.ts';
import { ofCrmConnection } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { takeCrmEvent } from '../webhooks/crm-event.ts';
import { verifyStandardWebhook } from '../webhooks/standard.ts';

// Described, not declared as a schema to validate by: nothing may be parsed before the signature over the raw bytes holds.
const { $schema: _, ...eventSchema } = z.toJSONSchema(standardCrmEvent, { io: 'input' });

const route = createRoute({
  method: 'post',
  path: '/v1/webhooks/crm/{connectionId}',
  operationId: 'receiveCrmWebhook',
  tags: ['CRM'],
  summary: 'Take a signed event of a CRM',
  description: 'Signed as Standard Webhooks says. The tenant follows from the connection, never from the body. A message delivered again is answered the same.',
  security: [],
  request: {
    params: ofCrmConnection,
    headers: z.object({ 'webhook-id': z.string().optional(), 'webhook-timestamp': z.string().optional(), 'webhook-signature': z.string().optional() }),
    body: { required: true, content: { 'application/json': { schema: eventSchema as object } } },
  },
  responses: {
    202: jsonResponse('Taken.', z.union([z.object({ onboardingId: z.uuid() }), z.object({ ignored: z.string() })])),
    ...bodyProblems('IDEMPOTENCY_KEY_REUSED'),
  },
});

/** `POST /v1/webhooks/crm/{connectionId}` */
export const receiveCrmWebhook = operation({
  route,
  handler: async (c) => {
    const { deps, canonical } = c.var;
    const { connectionId } = c.req.valid('param');
    // The raw bytes are what was signed; nothing is parsed before the signature holds.
    const body = Buffer.from(await c.req.arrayBuffer());
    const connection = await readInTenant(deps.db, { presentedConnectionId: connectionId }, (reader) => readCrmConnection(reader, connectionId));
    // One answer for a connection that is not there and for a signature that does not hold, so that nothing is learnt.
    const unverified = refused('UNAUTHENTICATED', { detail: 'The signature does not hold, or its timestamp is more than five minutes off.' });
    if (!connection) throw unverified;
    canonical.caller = `crm:${connectionId}`;
    canonical.agencyId = connection.agencyId;
    const messageId = verifyStandardWebhook(body, c.req.raw.headers, connection.secrets.map(deps.secrets.open));
    if (!messageId) throw unverified;

    const event = parseEvent(body.toString('utf8'));
    const identity = { accountId: connection.agencyId, key: `crm/${connectionId}/${messageId}`, request: event };
    const response = await answerOnce(c, identity, async () => ({
      status: 202,
      body: event ? await takeCrmEvent(deps, crmEvent(connection, messageId, event)) : { ignored: 'events of this type start nothing' },
    }));
    return response as never;
  },
});

/** Undefined for an event of a type that Foyer has no use for; refuses what cannot be read. */
function parseEvent(text: string): StandardCrmEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new HTTPException(400);
  }
  const envelope = z.object({ type: z.string() }).safeParse(json);
  if (envelope.success && !(crmEventTypes as readonly string[]).includes(envelope.data.type)) return undefined;
  const event: zod.ZodSafeParseResult<StandardCrmEvent> = standardCrmEvent.safeParse(json);
  if (!event.success) throw refused('VALIDATION_FAILED', { errors: fieldErrors(event.error, '') });
  return event.data;
}

function crmEvent({ id, agencyId, provider }: CrmConnectionRecord, messageId: string, { type, timestamp, data }: StandardCrmEvent) {
  return { agencyId, connectionId: id, messageId, at: timestamp, type, data, actor: { kind: 'crm', id, label: provider } as const };
}
