import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';

const account = api.accounts[':accountId'];
export type Member = InferResponseType<typeof account.members.$get, 200>['items'][number];
export type Invitation = InferResponseType<typeof account.invitations.$get, 200>['items'][number];

const limit = '100';

export function membersQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['agency', accountId, 'members'],
    queryFn: ({ pageParam: cursor }) => answered(account.members.$get({ param: { accountId }, query: { limit, ...(cursor && { cursor }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export function invitationsQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['agency', accountId, 'invitations'],
    queryFn: ({ pageParam: cursor }) => answered(account.invitations.$get({ param: { accountId }, query: { limit, ...(cursor && { cursor }) } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export type MemberChange = InferRequestType<(typeof account.members)[':personId']['$patch']>['json'];

export function changeMember(accountId: string, personId: string, change: MemberChange) {
  return answered(account.members[':personId'].$patch({ param: { accountId, personId }, json: change }));
}

export function removeMember(accountId: string, personId: string) {
  return answered(account.members[':personId'].$delete({ param: { accountId, personId } }));
}

export type NewInvitation = InferRequestType<typeof account.invitations.$post>['json'];

/** Sent again with the same key it is the same invitation. */
export function invite(accountId: string, invitation: NewInvitation, idempotencyKey: string) {
  return answered(account.invitations.$post({ param: { accountId }, header: { 'idempotency-key': idempotencyKey }, json: invitation }));
}

export function resendInvitation(accountId: string, invitationId: string) {
  return answered(
    account.invitations[':invitationId'].resend.$post({ param: { accountId, invitationId }, header: { 'idempotency-key': crypto.randomUUID() } }),
  );
}

export function revokeInvitation(accountId: string, invitationId: string) {
  return answered(account.invitations[':invitationId'].$delete({ param: { accountId, invitationId } }));
}
