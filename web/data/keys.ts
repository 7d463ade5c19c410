import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const keys = api.accounts[':accountId']['api-keys'];
export type ApiKey = InferResponseType<typeof keys.$get, 200>['items'][number];

export function keysQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['agency', accountId, 'api-keys'],
    queryFn: ({ pageParam: cursor }) => answered(keys.$get({ param: { accountId }, query: { limit: '100', ...(cursor && { cursor }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export type NewKey = InferRequestType<typeof keys.$post>['json'];

/** Sent again with the same idempotency key it is the same API key. */
export function makeKey(accountId: string, key: NewKey, idempotencyKey: string) {
  return answered(keys.$post({ param: { accountId }, header: { 'idempotency-key': idempotencyKey }, json: key }));
}

/** Another secret; the old one is taken for one more day. Sent again with the same idempotency key it is the same secret. */
export function rotateKey(accountId: string, keyId: string, idempotencyKey: string) {
  return answered(keys[':keyId'].rotate.$post({ param: { accountId, keyId }, header: { 'idempotency-key': idempotencyKey }, json: { overlapHours: 24 } }));
}

export function revokeKey(accountId: string, keyId: string) {
  return answered(keys[':keyId'].$delete({ param: { accountId, keyId } }));
}
