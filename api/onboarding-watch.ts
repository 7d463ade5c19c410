import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { onboardingChannel } from '../db/channels.ts';
import type { AgencyId, OnboardingId } from '../domain/ids.ts';

/** Tells when an onboarding changed. A telling may be lost or come twice: whoever is told reads the record again. */
export interface OnboardingWatch {
  /** Calls back at each change until the returned function is called. */
  subscribe(agencyId: AgencyId, onboardingId: OnboardingId, onChange: () => void): () => void;
  stop(): Promise<void>;
}

const reconnectDelayMs = 500;

/** Listens on one connection of its own, and opens it again when it is lost; everyone is told then, for changes may have gone by unheard. */
export function watchOnboardings({ databaseUrl, log }: { databaseUrl: string; log: Logger }): OnboardingWatch {
  const subscribers = new Map<string, Set<() => void>>();
  const stopping = new AbortController();
  const listening = listen();

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await listenOnce();
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'lost the connection that listens for onboardings; opening another');
      }
      await sleep(reconnectDelayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'foyer-api-watch', keepAlive: true });
    const lost = new Promise<void>((resolve, reject) => {
      client.once('error', reject);
      client.once('end', resolve);
      stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    lost.catch(() => undefined);
    client.on('notification', ({ payload }) => tell(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${onboardingChannel}`);
      for (const key of subscribers.keys()) tell(key);
      await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  function tell(key: string): void {
    for (const onChange of subscribers.get(key) ?? []) onChange();
  }

  return {
    subscribe(agencyId, onboardingId, onChange) {
      const key = `${agencyId}/${onboardingId}`;
      const callbacks = subscribers.get(key) ?? new Set();
      subscribers.set(key, callbacks.add(onChange));
      return () => {
        callbacks.delete(onChange);
        if (callbacks.size === 0) subscribers.delete(key);
      };
    },
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}
