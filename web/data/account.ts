import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const account = api.accounts[':accountId'];
export type AccountPage = InferResponseType<typeof account.$get, 200>;

/** What the account is, and how much is in it as far as the person sees. */
export function accountQuery(accountId: string) {
  return queryOptions({ queryKey: ['agency', accountId, 'account'], queryFn: () => answered(account.$get({ param: { accountId } })) });
}

export function updateAccount(accountId: string, change: InferRequestType<typeof account.$patch>['json']) {
  return answered(account.$patch({ param: { accountId }, json: change }));
}

export function leaveAccount(accountId: string) {
  return answered(account.leave.$post({ param: { accountId } }));
}
