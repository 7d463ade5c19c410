import { parseArgs } from 'node:util';
import { full, quick } from './extent.ts';
import { machine } from './machine.ts';
import { fiftyInFlight } from './measures/fifty-in-flight.ts';
import { history } from './measures/history.ts';
import { listClients } from './measures/list-clients.ts';
import { neighbour } from './measures/neighbour.ts';
import { oneAtATime } from './measures/one-at-a-time.ts';
import { sharedPage } from './measures/shared-page.ts';
import { workerMemory } from './measures/worker-memory.ts';
import type { Row } from './row.ts';
import { openStage } from './stage.ts';
import { table } from './table.ts';

// `npm run bench [-- --quick] [-- --only NAME]`: speed and size as one table on standard output. It reports; it does not judge by its exit code.

/** In this order: what comes first warms everything up for what is measured one at a time. */
const measures = { fiftyInFlight, oneAtATime, history, listClients, neighbour, sharedPage, workerMemory };

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
const startedAt = performance.now();
const say = (line: string) => console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(`interrupted by ${signal}`)));
});
interrupted.catch(() => {
  say('Interrupted; stopping everything');
  // What was under way fails as its servers go, wherever it happens to be.
  process.on('uncaughtException', () => undefined);
});

try {
  const { only } = values;
  if (only !== undefined && !Object.hasOwn(measures, only)) throw new Error(`--only takes one of ${Object.keys(measures).join(', ')}`);
  await using stage = await openStage(say);
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(measures)) {
    if (only !== undefined && only !== name) continue;
    rows.push(...(await Promise.race([measure(stage, values.quick ? quick : full), interrupted])));
  }
  console.log(table(rows));
  console.log(`\n${await machine(stage)}`);
  say('Done');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
