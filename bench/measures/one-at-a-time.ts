import { makeReadyProjects, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { runFourSteps, startEmpty } from '../floor.ts';
import { createOnboarder, untilReady } from '../onboard.ts';
import { against, type Row, series } from '../row.ts';
import { interleave, timed } from '../sampling.ts';
import type { Stage } from '../stage.ts';

/** How long things take that are alone on the machine; each waits for the end of the one before it. */
export async function oneAtATime(stage: Stage, { latencyRounds, warmUpRounds }: Extent): Promise<Row[]> {
  stage.say(`One at a time: ${latencyRounds} rounds`);
  const { client } = stage;
  const agency = await openAgency(stage, 'One at a time');
  const onboarder = createOnboarder(stage, agency, await makeReadyProjects(stage, agency.id, 3 * (latencyRounds + warmUpRounds)));

  const measure = async (rounds: number) => {
    const times = { start: series(), floor: series(), naive: series(), accepted: series(), created: series(), ready: series(), dry: series() };
    await interleave(rounds, [
      async () => {
        const startedAt = performance.now();
        const handle = await startEmpty(client);
        times.start.push(performance.now() - startedAt);
        await handle.result();
        times.floor.push(performance.now() - startedAt);
      },
      async () => times.naive.push(await timed(() => runFourSteps(client))),
      async () => {
        const startedAt = performance.now();
        const onboarding = await onboarder.post(202);
        times.accepted.push(performance.now() - startedAt);
        await untilReady(onboarding);
      },
      async () => {
        const startedAt = performance.now();
        const onboarding = await onboarder.post(201);
        times.created.push(performance.now() - startedAt);
        await untilReady(onboarding);
      },
      async () => times.ready.push(await timed(async () => untilReady(await onboarder.start()))),
      async () => times.dry.push(await timed(async () => untilReady(await onboarder.startDry()))),
    ]);
    return times;
  };

  await measure(warmUpRounds);
  await stage.countRows();
  const { start, floor, naive, accepted, created, ready, dry } = await measure(latencyRounds);
  return [
    { measure: 'bare workflow start', unit: 'ms', samples: start },
    { measure: 'empty workflow to its result (floor)', unit: 'ms', samples: floor },
    { measure: 'four no-op activities (naive form)', unit: 'ms', samples: naive, ...against('floor', naive, floor) },
    { measure: 'onboarding to 202, over HTTP', unit: 'ms', samples: accepted, ...against('bare start', accepted, start), target: { ratioAtMost: 2 } },
    { measure: 'onboarding to 201, over HTTP', unit: 'ms', samples: created, ...against('floor', created, floor), target: { ratioAtMost: 3 } },
    { measure: 'onboarding to ready to share', unit: 'ms', samples: ready, ...against('floor', ready, floor), target: { ratioAtMost: 4.5 } },
    { measure: 'the same with steps that touch no database', unit: 'ms', samples: dry, ...against('floor', dry, floor) },
  ];
}
