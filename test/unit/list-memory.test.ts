import { expect, test } from 'vitest';
import { createListMemory } from '../../api/list-memory.ts';
import { newAgencyId } from '../harness/ids.ts';

const asked = { agencyId: newAgencyId(), audience: 'owner', query: { limit: 50 } };

test('what changes while a page is made is in the next one', async () => {
  let [stamp, clients] = ['first', 'one client'];
  const change = () => {
    [stamp, clients] = ['second', 'two clients'];
  };
  const memory = createListMemory(async () => stamp);
  const found = await memory.find(asked, async () => {
    const read = clients;
    change();
    return read;
  });
  expect(found).toBe('one client');
  expect(await memory.find(asked, async () => clients)).toBe('two clients');
  expect(await memory.find(asked, async () => 'made again')).toBe('two clients');
});

test('of an agency without a stamp nothing is remembered', async () => {
  const memory = createListMemory(async () => null);
  await memory.find(asked, async () => 'first');
  expect(await memory.find(asked, async () => 'made again')).toBe('made again');
});
