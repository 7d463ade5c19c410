import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server on this machine that can be held: what is sent then gets stuck, as on a network that stalls. */
export interface Line extends AsyncDisposable {
  /** Where to connect instead. */
  address: string;
  /** From now on nothing gets through to the server, or nothing back from it. */
  hold(direction: 'there' | 'back'): void;
  /** Drops everybody who is on the line, with what is stuck in it. */
  cut(): void;
}

export async function openLine(to: string): Promise<Line> {
  const [host, port] = to.split(':');
  const pairs = new Set<{ near: Socket; far: Socket }>();
  const held = { there: false, back: false };
  const server = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    const pair = { near, far };
    pairs.add(pair);
    relay(near, far, held.there);
    relay(far, near, held.back);
    for (const socket of [near, far]) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port: own } = server.address() as AddressInfo;
  const cut = () => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    address: `127.0.0.1:${own}`,
    hold(direction) {
      held[direction] = true;
      for (const { near, far } of pairs) (direction === 'there' ? near : far).pause();
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

function relay(from: Socket, to: Socket, held: boolean): void {
  from.on('data', (chunk) => to.write(chunk));
  if (held) from.pause();
}
