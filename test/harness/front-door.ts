import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

/** An address that somebody answers at once it is opened: a worker is told where the API's pages are before the API is there. */
export interface FrontDoor extends AsyncDisposable {
  url: string;
  /** Lets the app answer; until then, and again with nothing, nobody does. */
  open(app: { fetch: (request: Request) => Response | Promise<Response> } | undefined): void;
  /** Lets nobody answer, until the returned function is called. */
  close(): () => void;
}

export async function frontDoor(): Promise<FrontDoor> {
  let app: Parameters<FrontDoor['open']>[0];
  const nobody = () => new Response('nobody is here', { status: 503 });
  const server = createServer(getRequestListener((request) => app?.fetch(request) ?? nobody()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open(next) {
      app = next;
    },
    close() {
      const before = app;
      app = undefined;
      return () => {
        app = before;
      };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
