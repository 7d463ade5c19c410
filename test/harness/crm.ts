import { createHmac, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { newCrmConnectionSchema } from '../../api/representations/crm-connection.ts';
import { answers } from './answers.ts';
import type { Answer, TestApi } from './api.ts';
import type { Tenant } from './tenant.ts';

export type Connection = Pick<z.infer<typeof newCrmConnectionSchema>, 'id' | 'secret'>;

/** A new `standard` connection of the agency. */
export async function connectCrm(agency: Tenant): Promise<Connection> {
  return (await agency.post('/crm-connections', { provider: 'standard' })).as(answers.connection);
}

export interface Message {
  /** Sent as JSON; text as it is. */
  event: string | object;
  id?: string;
  /** When the sender says it sent it, seconds since the epoch. */
  sentAt?: number;
  headers?: Record<string, string>;
}

/** Delivers a message to a connection, signed with its secret as Standard Webhooks says. */
export function deliver(
  api: TestApi,
  { id: connectionId, secret }: Connection,
  { event, id = `msg_${randomUUID()}`, sentAt = nowSeconds(), headers }: Message,
): Promise<Answer> {
  const bytes = new TextEncoder().encode(typeof event === 'string' ? event : JSON.stringify(event));
  const signed = { 'webhook-id': id, 'webhook-timestamp': String(sentAt), 'webhook-signature': `v1,${signature(secret, id, sentAt, bytes)}` };
  return api.send({ method: 'POST', path: `/v1/webhooks/crm/${connectionId}`, headers: { 'content-type': 'application/json', ...signed, ...headers }, bytes });
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Of Standard Webhooks: HMAC-SHA256 over id, time and raw body, by the bytes behind `whsec_`. */
export function signature(secret: string, id: string, sentAt: number, body: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${sentAt}.`).update(body).digest('base64');
}

/** A won deal, or a change of a client, as a CRM tells it. */
export function crmEvent(data: { externalReference: string; name?: string; contactEmail?: string; notes?: string; domain?: string }, changes: object = {}) {
  return { type: 'deal.won', timestamp: new Date().toISOString(), data: { name: `Client of ${data.externalReference}`, ...data }, ...changes };
}
