import { useRef } from 'react';

/** Names what a form asks for: the same asked for again, after a lost connection, is the same request; anything else is another one. */
export function useIdempotencyKey() {
  const attempt = useRef({ body: '', key: '' });
  return {
    of(request: unknown): string {
      const body = JSON.stringify(request);
      if (attempt.current.body !== body) attempt.current = { body, key: crypto.randomUUID() };
      return attempt.current.key;
    },
    /** What was asked for is through: asked for once more it is a request of its own. */
    renew(): void {
      attempt.current = { body: '', key: '' };
    },
  };
}
