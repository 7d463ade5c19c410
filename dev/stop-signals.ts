import { killChildren } from './child.ts';

/** npm passes on a Ctrl-C that the terminal has sent already, so two signals within this time are one wish. */
const sameWishMs = 1_000;
const parentPollMs = 250;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP: the first asks for a clean stop by aborting the signal returned, a later one ends everything at
 * once. The end of the npm that started this process counts as the first.
 */
export function onStopSignals(say: (line: string) => void): AbortSignal {
  const stopping = new AbortController();
  let askedAt: number | undefined;
  const ask = () => {
    const now = Date.now();
    if (askedAt === undefined) {
      askedAt = now;
      say('\nStopping. (Ctrl-C again ends everything at once.)');
      stopping.abort();
    } else if (now - askedAt > sameWishMs) {
      killChildren();
      process.exit(1);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  if (process.env['npm_lifecycle_event'] !== undefined) whenParentGoes(ask);
  return stopping.signal;
}

/** A signal to npm ends the shell between npm and this process, which would hear nothing of it. */
function whenParentGoes(tell: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    tell();
  }, parentPollMs);
  watch.unref();
}
