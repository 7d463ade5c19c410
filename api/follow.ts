import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { callerOf } from './auth/authenticate.ts';
import { type Standing, standingIn } from './auth/permit.ts';
import type { AppContext } from './environment.ts';
import { Refused } from './refused.ts';

/** Then the reader connects again. */
const longestStreamMs = 15 * 60_000;

export interface Following {
  /** Calls back at each change until the returned function is called. */
  subscribe(onChange: () => void): () => void;
  /** Writes what is new to the reader, who stands so in the agency now: all of it, or a part of what there is `more` of; `ended` when nothing will come any more. */
  tell(sse: SSEStreamingApi, standing: Standing): Promise<'all' | 'more' | 'ended'>;
  /** How long at most until it looks again, told or not: a lost telling costs no more. */
  lookAgainMs: number;
}

/**
 * Answers with a stream of server-sent events: tells at once and at every change, until nothing more will come, or the credential, the membership or the
 * sight of what is followed is gone or another one.
 */
export function follow(c: AppContext, { subscribe, tell, lookAgainMs }: Following): Response {
  const { stopping } = c.var.deps;
  c.header('X-Accel-Buffering', 'no');
  // Nobody reads the body of its answer, so nobody would ever end the stream.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  return streamSSE(c, async (sse) => {
    let changed = Promise.withResolvers<void>();
    const wake = () => changed.resolve();
    const unsubscribe = subscribe(wake);
    sse.onAbort(wake);
    stopping.addEventListener('abort', wake);
    const end = Date.now() + longestStreamMs;
    try {
      // It looks behind the subscription: what changed in between would be missed otherwise.
      for (let told = await tellNow(c, sse, tell); told !== 'ended' && Date.now() < end; told = await tellNow(c, sse, tell)) {
        const timer = setTimeout(wake, told === 'more' ? 0 : lookAgainMs);
        await changed.promise;
        clearTimeout(timer);
        changed = Promise.withResolvers();
        if (sse.aborted || stopping.aborted) return;
      }
    } finally {
      unsubscribe();
      stopping.removeEventListener('abort', wake);
    }
  });
}

/** Tells whoever may still be told. */
async function tellNow(c: AppContext, sse: SSEStreamingApi, tell: Following['tell']): ReturnType<Following['tell']> {
  const caller = await callerOf(c);
  const standing = caller && standingIn(caller, c.var.agencyId);
  if (!standing?.may('clients.read') || !standsAsBefore(c, standing)) return 'ended';
  try {
    return await tell(sse, standing);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'NOT_FOUND') return 'ended';
    throw error;
  }
}

/** Whoever sees or may do something else now reads everything anew: what was told before is no longer what they would be shown. */
function standsAsBefore({ var: { role, sight } }: AppContext, now: Standing): boolean {
  const seen = ({ clientIds }: Standing['sight']) => JSON.stringify(clientIds?.toSorted());
  return now.role === role && seen(now.sight) === seen(sight);
}

/** A line that says nothing, so that proxies do not close a quiet stream. */
export function sayStillHere(sse: SSEStreamingApi): Promise<unknown> {
  return sse.write(': still here\n\n');
}
