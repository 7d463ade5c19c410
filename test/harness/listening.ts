import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { TestApi } from './api.ts';

/** The app over a real socket, until it is disposed of. */
export interface ListeningApi extends AsyncDisposable {
  url: string;
  port: number;
}

export async function listen({ app }: Pick<TestApi, 'app'>): Promise<ListeningApi> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  if (!server.listening) await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
