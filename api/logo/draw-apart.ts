import { fork } from 'node:child_process';
import { type NoLogo, type RenderedLogo, unreadable } from './draw-logo.ts';

/** For the start of a process as well. */
const drawnWithinMs = 5_000;

const tooMuch: NoLogo = { because: 'The logo takes too long to draw: make it simpler, or send it as a PNG.' };

/**
 * Draws an SVG in a process of its own, which is ended when it takes too long. A few kilobytes can say "ten times what says ten times ..." and take hours;
 * nothing in a process ends a drawing that has begun, and four of them would leave the process no thread to read files, find addresses or compare passwords.
 */
export async function drawApart(svg: Buffer): Promise<RenderedLogo | NoLogo> {
  const artist = fork(new URL('./drawing-process.ts', import.meta.url), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise, resolve } = Promise.withResolvers<RenderedLogo | NoLogo>();
  const timer = setTimeout(() => resolve(tooMuch), drawnWithinMs);
  artist.once('message', (drawn: RenderedLogo | NoLogo) => resolve(drawn));
  for (const failed of ['error', 'exit'] as const) artist.on(failed, () => resolve(unreadable));
  artist.send(svg, (error) => error && resolve(unreadable));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    artist.kill('SIGKILL');
  }
}
