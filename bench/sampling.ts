/**
 * Takes each kind once a round, so that whatever drifts meanwhile (other load, growing tables, a warmer processor) meets all of them alike.
 * Every other round goes backwards, so that none is always the one behind a certain other.
 */
export async function interleave(rounds: number, kinds: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const take of round % 2 === 0 ? kinds : kinds.toReversed()) await take();
  }
}

/** The time that `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Runs `work` `count` times, `width` at any time. */
export async function inFlight(width: number, count: number, work: () => Promise<unknown>): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** The value that `share` of the samples do not exceed; 0.5 is the median. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('no samples');
  return below + (above - below) * (position - Math.floor(position));
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
