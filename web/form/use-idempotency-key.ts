import { useRef } from 'react';

const nothingAsked = { body: '', key: '', askedAtMs: 0 };

/** Names what a form asks for: the same asked for again, after a lost connection, is the same request; anything else is another one. */
export function useIdempotencyKey() {
  const attempt = useRef(nothingAsked);
  return {
    of(request: unknown): string {
      const body = JSON.stringify(request);
      if (attempt.current.body !== body) attempt.current = { body, key: crypto.randomUUID(), askedAtMs: Date.now() };
      return attempt.current.key;
    },
    /** When that was asked for first, in milliseconds since 1970. */
    askedAt(): number {
      return attempt.current.askedAtMs;
    },
    /** What was asked for is through: asked for once more it is a request of its own. */
    renew(): void {
      attempt.current = nothingAsked;
    },
  };
}
