import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

type Caller = InferResponseType<typeof api.me.$get, 200>;
export type Me = Extract<Caller, { kind: 'person' }>;
export type Account = Me['accounts'][number];

/** Who is signed in, and in which accounts. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me> => {
    const caller = await answered(api.me.$get());
    // The browser sends a session or nothing; a key it never has.
    if (caller.kind !== 'person') throw new Error('somebody else than a person is signed in');
    return caller;
  },
  staleTime: 60_000,
});

/** Remembers which account the person looks at, here and at the next sign-in. */
export function switchAccount(accountId: string) {
  return answered(api.me['current-account'].$put({ json: { accountId } }));
}

/** Sent again with the same key it is the same account. */
export function openAccount(account: { kind: 'agency' | 'direct'; name: string }, idempotencyKey: string) {
  return answered(api.accounts.$post({ header: { 'idempotency-key': idempotencyKey }, json: account }));
}

/** For good, with every membership. */
export function deleteMe() {
  return answered(api.me.$delete());
}

/** By the token of the mail. */
export function acceptInvitation(token: string) {
  return answered(api.invitations.accept.$post({ json: { token } }));
}
