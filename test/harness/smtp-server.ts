import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server on this machine that takes what it is given, but for the recipients it does not know. */
export interface SmtpServer extends AsyncDisposable {
  url: string;
  /** Whole messages, as they came. */
  received: string[];
}

export interface SmtpServerTerms {
  /** A recipient that is refused for good. */
  unknown?: string;
  /** What is said to whoever begins a message; `250 ok` otherwise. */
  toSender?: string;
}

export async function openSmtpServer(terms: SmtpServerTerms = {}): Promise<SmtpServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    void converse(socket, received, terms).finally(() => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function converse(socket: Socket, received: string[], { unknown, toSender = '250 ok' }: SmtpServerTerms): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 test');
  let message: string[] | undefined;
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (message) {
      if (line !== '.') message.push(line);
      else {
        received.push(message.join('\n'));
        message = undefined;
        say('250 taken');
      }
    } else if (/^MAIL FROM/i.test(line)) say(toSender);
    else if (/^RCPT TO/i.test(line) && unknown && line.includes(unknown)) say('550 no such mailbox');
    else if (/^DATA/i.test(line)) {
      message = [];
      say('354 go on');
    } else if (/^QUIT/i.test(line)) {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  }
}
