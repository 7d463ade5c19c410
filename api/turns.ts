/** Lets so many of one name do something at a time; others of the name wait for their turn, in the order in which they came. */
export interface Turns {
  /** Resolves when it is the caller's turn, with what ends it. */
  take(name: string): Promise<() => void>;
}

interface Line {
  running: number;
  waiting: (() => void)[];
}

export function createTurns(width: number): Turns {
  const lines = new Map<string, Line>();

  /** The turn goes to whoever waits longest; a line that nobody stands in is forgotten. */
  function end(name: string, line: Line): void {
    const next = line.waiting.shift();
    if (next) next();
    else line.running -= 1;
    if (line.running === 0) lines.delete(name);
  }

  return {
    async take(name) {
      const line = lines.get(name) ?? { running: 0, waiting: [] };
      lines.set(name, line);
      if (line.running < width) line.running += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      return () => end(name, line);
    },
  };
}
