import { useEffect, useRef } from 'react';

const nothingAsked = { body: '', key: '', askedAtMs: 0 };

/**
 * Names what a form asks for: the same asked for again, after a lost connection, is the same request; anything else is another one.
 *
 * @param standing how many there are of what it makes: once one goes, the same is to be made anew, for what went may be what the lost answer told of
 */
export function useIdempotencyKey(standing = 0) {
  const attempt = useRef(nothingAsked);
  const before = useRef(standing);
  useEffect(() => {
    if (standing < before.current) attempt.current = nothingAsked;
    before.current = standing;
  }, [standing]);
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
