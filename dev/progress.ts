import { relative } from 'node:path';

export interface Progress {
  /** One line. */
  say(line: string): void;
  /** Does the work, then prints one line: what, where, how long it took. `where` is made from the result. */
  step<T>(what: string, where: (result: T) => string, work: () => Promise<T>): Promise<T>;
}

const columns = { what: 14, where: 62 };

/** Prints to `output` what comes up. */
export function createProgress(output: NodeJS.WritableStream): Progress {
  // Nobody reads any more (a closed terminal, `| head`): no reason to fall over and take everything along.
  output.on('error', () => undefined);
  const say = (line: string) => void output.write(`${line}\n`);
  return {
    say,
    async step(what, where, work) {
      const startedAt = performance.now();
      const result = await work();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      say(`  ${what.padEnd(columns.what)}${where(result).padEnd(columns.where)} ${seconds} s`);
      return result;
    },
  };
}

/** A path as people would type it here. */
export function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') || fromHere === '' ? path : fromHere;
}
