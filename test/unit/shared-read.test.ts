import { expect, test } from 'vitest';
import { shareReads } from '../../api/shared-read.ts';

/** Reads that end when they are told to, counted as they begin. */
function heldReads() {
  const begun: { name: string; end: (value: string) => void; fail: (error: Error) => void }[] = [];
  const read = shareReads((name: string) => new Promise<string>((end, fail) => begun.push({ name, end, fail })));
  const at = (index: number) => begun[index] ?? expect.fail(`read ${index} has not begun`);
  return { read, begun, at };
}

test('whoever comes while a read is under way waits with all others for one that begins after it', async () => {
  const { read, begun, at } = heldReads();
  const first = read('a');
  const [second, third] = [read('a'), read('a')];
  expect(begun).toHaveLength(1);
  at(0).end('before');
  expect(await first).toBe('before');
  const fourth = read('a');
  expect(begun).toHaveLength(2);
  at(1).end('after');
  expect(await Promise.all([second, third])).toEqual(['after', 'after']);
  expect(begun).toHaveLength(3);
  at(2).end('later');
  expect(await fourth).toBe('later');
});

test('nobody waits for a read of something else, nor for one that is over', async () => {
  const { read, begun, at } = heldReads();
  const one = read('a');
  const other = read('b');
  expect(begun.map(({ name }) => name)).toEqual(['a', 'b']);
  at(0).end('a');
  at(1).end('b');
  await Promise.all([one, other]);
  void read('a');
  expect(begun).toHaveLength(3);
});

test('a read that fails fails those who asked for it, and not those who wait for the next', async () => {
  const { read, at } = heldReads();
  const [first, second] = [read('a'), read('a')];
  at(0).fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  at(1).end('back');
  expect(await second).toBe('back');
});
