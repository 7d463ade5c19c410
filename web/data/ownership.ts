import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { answered, api } from './api.ts';
import { orNull } from './problem.ts';

const ownershipOffer = api.accounts[':accountId']['ownership-offer'];
export type OwnershipOffer = InferResponseType<typeof ownershipOffer.$get, 200>;

/** The offer that waits for its answer; null where there is none for whoever asks. */
export function ownershipOfferQuery(accountId: string) {
  return queryOptions({
    queryKey: ['agency', accountId, 'ownership-offer'],
    queryFn: (): Promise<OwnershipOffer | null> => orNull(answered(ownershipOffer.$get({ param: { accountId } }))),
  });
}

export function offerOwnership(accountId: string, offer: InferRequestType<typeof ownershipOffer.$put>['json']) {
  return answered(ownershipOffer.$put({ param: { accountId }, json: offer }));
}

export function acceptOwnership(accountId: string) {
  return answered(ownershipOffer.accept.$post({ param: { accountId } }));
}

/** Takes it back, or turns it down: for whoever made it and for whom it is made. */
export function withdrawOwnershipOffer(accountId: string) {
  return answered(ownershipOffer.$delete({ param: { accountId } }));
}
