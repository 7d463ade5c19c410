import { infiniteQueryOptions } from '@tanstack/react-query';
import { hc, type InferRequestType, type InferResponseType } from 'hono/client';
import type { AppType } from '../../api/app.ts';
import type { FeedbackState } from '../../domain/docs-feedback.ts';
import { answered } from './api.ts';
import { send } from './send.ts';

type Queue = ReturnType<typeof hc<AppType>>['v1']['operator']['docs-feedback'];
export type DocsFeedback = InferResponseType<Queue['$get'], 200>['items'][number];
export type Review = InferRequestType<Queue[':feedbackId']['$patch']>['json'];
export type DocsFeedbackQueue = ReturnType<typeof docsFeedbackQueue>;

/** The review queue, as whoever has the operator's key reads it and works it off. What one key was shown is not shown for another. */
export function docsFeedbackQueue(operatorKey: string) {
  const key = ['docs-feedback', operatorKey];
  const queue: Queue = hc<AppType>('/', { fetch: send, headers: { authorization: `Bearer ${operatorKey}` } }).v1.operator['docs-feedback'];
  return {
    key,
    query: (state: FeedbackState) =>
      infiniteQueryOptions({
        queryKey: [...key, state],
        queryFn: ({ pageParam: cursor, signal }) => answered(queue.$get({ query: { state, limit: '50', ...(cursor && { cursor }) } }, { init: { signal } })),
        initialPageParam: '',
        getNextPageParam: ({ nextCursor }) => nextCursor,
      }),
    review: (feedbackId: string, json: Review) => answered(queue[':feedbackId'].$patch({ param: { feedbackId }, json })),
  };
}
