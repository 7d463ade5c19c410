import { useSyncExternalStore } from 'react';

type Standing = 'reached' | 'lost';

const lookAgainMs = 2_000;

/** Whether the server is reached. Once it is missed, it is looked for until it answers. */
function createConnection() {
  let standing: Standing = 'reached';
  const listeners = new Set<() => void>();

  function become(next: Standing): void {
    if (next === standing) return;
    standing = next;
    for (const listener of listeners) listener();
    if (next === 'lost') setTimeout(look, lookAgainMs);
  }

  async function look(): Promise<void> {
    if (standing === 'reached') return;
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok) become('reached');
    else setTimeout(look, lookAgainMs);
  }

  return {
    reached: () => become('reached'),
    missed: () => become('lost'),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    standing: () => standing,
  };
}

export const connection = createConnection();

export function useConnection(): Standing {
  return useSyncExternalStore(connection.subscribe, connection.standing);
}
