import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { connectTimeoutMs } from '../db/connect.ts';

/** Who listens to a channel of Postgres. */
export interface Listener {
  onTold(payload: string): void;
  /** Something may have been told unheard: the connection was lost, or is up again. */
  onGap(): void;
}

/** What Postgres tells this process, over one connection of its own. */
export interface Notifications {
  /** Is everything that is told heard right now? */
  hears(): boolean;
  stop(): Promise<void>;
}

const reconnectDelayMs = 500;

/** Listens to the channels on one connection, and opens it again when it is lost. */
export function listenTo(channels: Readonly<Record<string, Listener>>, { databaseUrl, log }: { databaseUrl: string; log: Logger }): Notifications {
  const stopping = new AbortController();
  let hearing = false;
  const listening = listen();

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await listenOnce();
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'lost the connection that listens to the database; opening another');
      }
      await sleep(reconnectDelayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'foyer-api-watch',
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    const lost = new Promise<void>((resolve, reject) => {
      client.once('error', reject);
      client.once('end', resolve);
      stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    lost.catch(() => undefined);
    client.on('notification', ({ channel, payload }) => channels[channel]?.onTold(payload ?? ''));
    try {
      await client.connect();
      for (const channel of Object.keys(channels)) await client.query(`listen ${client.escapeIdentifier(channel)}`);
      gap(true);
      await lost;
    } finally {
      gap(false);
      await client.end().catch(() => undefined);
    }
  }

  function gap(hears: boolean): void {
    hearing = hears;
    for (const { onGap } of Object.values(channels)) onGap();
  }

  return {
    hears: () => hearing,
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}
