import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const connections = api.agencies[':agencyId']['crm-connections'];
export type CrmConnection = InferResponseType<typeof connections.$get, 200>['items'][number];
export type NewCrmConnection = InferResponseType<typeof connections.$post, 201>;
export type CrmDelivery = InferResponseType<(typeof connections)[':connectionId']['deliveries']['$get'], 200>['items'][number];

export function connectionsQuery(agencyId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'crm-connections'],
    queryFn: () => answered(connections.$get({ param: { agencyId }, query: { limit: '200' } })),
  });
}

export function deliveriesQuery(agencyId: string, connectionId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'crm-deliveries', connectionId],
    queryFn: () => answered(connections[':connectionId'].deliveries.$get({ param: { agencyId, connectionId }, query: { limit: '20' } })),
  });
}

export type CrmReading = Pick<InferRequestType<typeof connections.$post>['json'], 'trigger' | 'mapping'>;

/** Sent again with the same key it is the same connection, with the same secret. */
export function connectCrm(agencyId: string, reading: CrmReading, idempotencyKey: string) {
  return answered(connections.$post({ param: { agencyId }, header: { 'idempotency-key': idempotencyKey }, json: { provider: 'standard', ...reading } }));
}

/** Sent again with the same key it is the same secret, and the one before stays what it was. */
export function rotateConnection(agencyId: string, connectionId: string, idempotencyKey: string) {
  return answered(connections[':connectionId'].rotate.$post({ param: { agencyId, connectionId }, header: { 'idempotency-key': idempotencyKey } }));
}

export function tryConnection(agencyId: string, connectionId: string) {
  return answered(connections[':connectionId'].test.$post({ param: { agencyId, connectionId } }));
}

export function removeConnection(agencyId: string, connectionId: string) {
  return answered(connections[':connectionId'].$delete({ param: { agencyId, connectionId } }));
}
