import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { nowSeconds, signature } from '../harness/crm.ts';
import type { ApiProcess, Setting } from '../harness/processes.ts';

export interface Response {
  status: number;
  headers: Headers;
  /** Whatever JSON came; undefined where none did. */
  body: unknown;
}

export interface Request {
  method: string;
  path: string;
  key?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Sends a request to a process; rejects when the process is gone before it has answered. */
export async function send({ url }: Pick<ApiProcess, 'url'>, { method, path, key, headers, body }: Request): Promise<Response> {
  const response = await fetch(url + path, {
    method,
    headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : undefined };
}

/** An agency that was opened by the operator, and a key that may do everything there. */
export interface Agency {
  id: string;
  key: string;
}

const account = z.object({ id: z.uuid() });
const apiKey = z.object({ key: z.string() });

export async function openAgencyAt(api: ApiProcess, { operatorKey }: Setting, plan: { clientLimit?: number } = {}): Promise<Agency> {
  const asked = { kind: 'agency', name: `Agency ${randomUUID()}`, billingEmail: 'billing@agency.example', ownerEmail: 'owner@agency.example', plan };
  const { id } = account.parse((await send(api, { method: 'POST', path: '/v1/operator/accounts', key: operatorKey, body: asked })).body);
  const made = await send(api, { method: 'POST', path: `/v1/operator/accounts/${id}/api-keys`, key: operatorKey, body: { name: 'Key', scopes: ['admin'] } });
  return { id, key: apiKey.parse(made.body).key };
}

/** `POST /v1/agencies/{agencyId}/clients` under an idempotency key. */
export function onboard(api: Pick<ApiProcess, 'url'>, { id, key }: Agency, idempotencyKey: string, body: Record<string, unknown> = {}): Promise<Response> {
  const headers = { 'idempotency-key': idempotencyKey };
  return send(api, { method: 'POST', path: `/v1/agencies/${id}/clients`, key, headers, body: { name: `Client ${idempotencyKey}`, ...body } });
}

/** `POST …/clients/{clientId}/offboard` under an idempotency key, for a day in a month. */
export function offboard(api: Pick<ApiProcess, 'url'>, { id, key }: Agency, clientId: string, idempotencyKey: string): Promise<Response> {
  const on = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  const headers = { 'idempotency-key': idempotencyKey };
  return send(api, { method: 'POST', path: `/v1/agencies/${id}/clients/${clientId}/offboard`, key, headers, body: { on } });
}

export const onboarded = z.object({ onboarding: z.object({ id: z.uuid(), state: z.string(), workflowId: z.string() }) });
const onboardingState = z.object({ state: z.string(), clientId: z.uuid().nullable(), steps: z.array(z.object({ name: z.string(), state: z.string() })) });

export async function readOnboarding(api: Pick<ApiProcess, 'url'>, { id, key }: Agency, onboardingId: string) {
  const { body } = await send(api, { method: 'GET', path: `/v1/agencies/${id}/onboardings/${onboardingId}`, key });
  return onboardingState.parse(body);
}

export interface CrmConnection {
  id: string;
  secret: string;
}

const crmConnection = z.object({ id: z.uuid(), secret: z.string() });

export async function connectCrmAt(api: ApiProcess, { id, key }: Agency): Promise<CrmConnection> {
  const made = await send(api, { method: 'POST', path: `/v1/agencies/${id}/crm-connections`, key, body: { provider: 'standard' } });
  return crmConnection.parse(made.body);
}

/** Delivers a signed message of the CRM. */
export function deliver(api: Pick<ApiProcess, 'url'>, { id, secret }: CrmConnection, messageId: string, event: object): Promise<Response> {
  const sentAt = nowSeconds();
  const signed = signature(secret, messageId, sentAt, new TextEncoder().encode(JSON.stringify(event)));
  const headers = { 'webhook-id': messageId, 'webhook-timestamp': String(sentAt), 'webhook-signature': `v1,${signed}` };
  return send(api, { method: 'POST', path: `/v1/webhooks/crm/${id}`, headers, body: event });
}
