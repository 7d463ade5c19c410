import { EventSourceParserStream } from 'eventsource-parser/stream';
import { type Onboarding, onboardingSchema } from '../../api/representations/onboarding.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { TestApi } from './api.ts';

export interface StreamOf {
  agencyId: AgencyId;
  /** Who reads: by a key, or by what the browser of a person sends. */
  key?: string;
  headers?: Record<string, string>;
  onboardingId: string;
  /** What a reader that connects again says it has seen. */
  lastEventId?: string;
}

/** An onboarding as it is followed over server-sent events. */
export interface OnboardingStream extends AsyncDisposable {
  response: Response;
  /** The id of the event read last. */
  lastId: string | undefined;
  /** The next event's onboarding, or undefined once the stream has ended. */
  next(): Promise<Onboarding | undefined>;
  /** Reads on until an event satisfies. */
  nextWhere(holds: (onboarding: Onboarding) => boolean): Promise<Onboarding>;
}

/** @param request `app.request`, or a `fetch` to a listening server. */
export async function openEventStream({ app }: Pick<TestApi, 'app'>, stream: StreamOf): Promise<OnboardingStream> {
  return readEventStream(await app.request(streamPath(stream), { headers: streamHeaders(stream) }));
}

export function streamPath({ agencyId, onboardingId }: StreamOf): string {
  return `/v1/agencies/${agencyId}/onboardings/${onboardingId}/events`;
}

export function streamHeaders({ key, headers, lastEventId }: StreamOf): Record<string, string> {
  return { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
}

export function readEventStream(response: Response): OnboardingStream {
  if (!response.body) throw new Error(`no stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  const stream: OnboardingStream = {
    response,
    lastId: undefined,
    async next() {
      const { value, done } = await reader.read();
      if (done) return undefined;
      if (value.event !== 'onboarding') throw new Error(`an event of another name: ${value.event}`);
      stream.lastId = value.id;
      return onboardingSchema.parse(JSON.parse(value.data));
    },
    async nextWhere(holds) {
      for (let onboarding = await stream.next(); onboarding; onboarding = await stream.next()) if (holds(onboarding)) return onboarding;
      throw new Error('the stream ended before');
    },
    async [Symbol.asyncDispose]() {
      await reader.cancel();
    },
  };
  return stream;
}
