import { infiniteQueryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import type { BlockerCode, OnboardingState } from '../../domain/onboarding.ts';
import { answered, api } from './api.ts';

const onboardings = api.agencies[':agencyId'].onboardings;
export type Onboarding = InferResponseType<typeof onboardings.$get, 200>['items'][number];

export interface OnboardingFilter {
  state?: OnboardingState | undefined;
  blocker?: BlockerCode | undefined;
  /** Those that have not ended, the longest wait first. */
  open?: boolean | undefined;
  /** Of these, those that go on only when somebody does something. */
  needPeople?: boolean | undefined;
}

const pageSize = 50;

export function onboardingsQuery(agencyId: string, { state, blocker, open, needPeople }: OnboardingFilter) {
  return infiniteQueryOptions({
    queryKey: ['agency', agencyId, 'onboardings', { state, blocker, open, needPeople }],
    queryFn: ({ pageParam: cursor, signal }) =>
      answered(
        onboardings.$get(
          {
            param: { agencyId },
            query: {
              limit: String(pageSize),
              ...(state && { state }),
              ...(blocker && { blocker }),
              ...(open && { open: 'true' }),
              ...(needPeople && { needPeople: 'true' }),
              ...(cursor && { cursor }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Whether the report is shared by itself as soon as it may be. */
export function setShareWhenReady(agencyId: string, onboardingId: string, wanted: boolean) {
  return answered(onboardings[':onboardingId']['share-when-ready'].$put({ param: { agencyId, onboardingId }, json: { wanted } }));
}

export function cancelOnboarding(agencyId: string, onboardingId: string) {
  return answered(onboardings[':onboardingId'].cancel.$post({ param: { agencyId, onboardingId } }));
}
