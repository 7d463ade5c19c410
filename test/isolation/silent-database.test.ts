import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { prepareDatabase } from '../../db/prepare.ts';

test('a server that takes connections and never says a word is not waited for without end', async () => {
  const mute = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void mute.close());
  await once(mute, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = mute.address() as AddressInfo;
  const adminUrl = `postgres://postgres:x@127.0.0.1:${port}/postgres`;
  await expect(prepareDatabase({ adminUrl, database: 'foyer', passwords: { owner: 'x', worker: 'x', api: 'x' } })).rejects.toThrow('timeout expired');
});
