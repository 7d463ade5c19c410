/** How many times longer everything may take, the first time and the next. */
const paces = [1, 4];

/** A test that looks in time may look twice. */
export const twiceMs = 90_000;

/**
 * For what is due one thing after another: a machine that is busy comes to two of them at once, and what happens then is right and not what is looked at. So `look`
 * says by the times that were written down whether it came too late, by returning nothing, and then looks once more with more time; it gets how many times more.
 * Rejects where that was not enough either.
 */
export async function inTime<T>(look: (pace: number) => Promise<T | undefined>): Promise<T> {
  for (const pace of paces) {
    const seen = await look(pace);
    if (seen !== undefined) return seen;
  }
  throw new Error('it came too late, however much time there was');
}
