import { createServer } from 'node:net';

/** Whether `port` can be taken now, on the loopback address and on all addresses together. */
export async function isPortFree(port: number): Promise<boolean> {
  // macOS lets one bind the loopback address of a port that somebody holds on all addresses, so both are asked.
  return (await canListen({ port, host: '127.0.0.1' })) && (await canListen({ port }));
}

/** A port of the loopback address that is free now. `preferred` is given back when it is free. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isPortFree(preferred))) return preferred;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('The system gave no free port.'));
      });
    });
  });
}

function canListen(where: { port: number; host?: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ ...where, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
