import { expect, test } from 'vitest';
import { createTurns } from '../../api/turns.ts';

/** Takes turns of a name, and notes the order in which they come. */
function inLine(width: number) {
  const turns = createTurns(width);
  const begun: string[] = [];
  const take = async (name: string, who: string) => {
    const end = await turns.take(name);
    begun.push(who);
    return end;
  };
  return { begun, take };
}

test('so many of a name go at a time, the others in the order in which they came, and other names do not wait for them', async () => {
  const { begun, take } = inLine(2);
  const [first, second, third, fourth] = [take('stormy', '1'), take('stormy', '2'), take('stormy', '3'), take('stormy', '4')];
  const [endFirst, endSecond] = [await first, await second];
  await take('calm', 'calm');
  expect(begun).toEqual(['1', '2', 'calm']);
  endSecond();
  const endThird = await third;
  expect(begun).toEqual(['1', '2', 'calm', '3']);
  endFirst();
  await fourth;
  endThird();
  expect(begun).toEqual(['1', '2', 'calm', '3', '4']);
});

test('whoever comes when nobody is left goes at once', async () => {
  const { begun, take } = inLine(1);
  for (const who of ['1', '2', '3']) (await take('name', who))();
  expect(begun).toEqual(['1', '2', '3']);
});
