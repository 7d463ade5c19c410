import { createProgress } from './progress.ts';
import { readSettings } from './settings.ts';
import { startFoyer } from './start-foyer.ts';
import { onStopSignals } from './stop-signals.ts';

// `npm start`: everything Foyer needs, on this machine, until it is told to stop.
const progress = createProgress(process.stdout);
const signal = onStopSignals(progress.say);

try {
  const foyer = await startFoyer(readSettings(process.env), progress, signal);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await foyer.stop();
  progress.say('Stopped.');
} catch (error) {
  if (signal.aborted) {
    progress.say('Stopped.');
  } else {
    console.error(`\nFoyer could not start. ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
