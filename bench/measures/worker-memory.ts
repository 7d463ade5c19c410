import { setTimeout as sleep } from 'node:timers/promises';
import { openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { full } from '../extent.ts';
import { createOnboarder, untilWaiting } from '../onboard.ts';
import { residentMegabytes } from '../resident-memory.ts';
import type { Row } from '../row.ts';
import { inFlight } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const settleMs = 3_000;

/** What the system has given a fresh worker, and one on which onboardings wait for a project. */
export async function workerMemory(stage: Stage, { waiting }: Extent): Promise<Row[]> {
  stage.say(`Worker memory: ${waiting} onboardings that wait`);
  const worker = await stage.restartWorker();
  await sleep(settleMs);
  const atStart = await residentMegabytes(worker.pid);

  const agency = await openAgency(stage, 'Waiting');
  const onboarder = createOnboarder(stage, agency, []);
  await inFlight(50, waiting, () => onboarder.start());
  await untilWaiting(stage, agency, waiting);
  await sleep(settleMs);
  const withWaiting = await residentMegabytes(worker.pid);
  return [
    { measure: 'worker memory at start', unit: 'MB', samples: [atStart], target: { atMost: 250 } },
    {
      measure: `worker memory, ${waiting.toLocaleString('en')} onboardings waiting`,
      unit: 'MB',
      samples: [withWaiting],
      ...(waiting === full.waiting && { target: { atMost: 700 } }),
    },
  ];
}
