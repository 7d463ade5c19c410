import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const notifications = api.accounts[':accountId'].notifications;
export type Notifications = InferResponseType<typeof notifications.$get, 200>;

/** For each kind of mail, whether the person gets it. */
export function notificationsQuery(accountId: string) {
  return queryOptions({ queryKey: ['agency', accountId, 'notifications'], queryFn: () => answered(notifications.$get({ param: { accountId } })) });
}

export function setNotifications(accountId: string, chosen: Notifications) {
  return answered(notifications.$put({ param: { accountId }, json: chosen }));
}
