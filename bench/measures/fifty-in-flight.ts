import { makeReadyProjects, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { runFourSteps } from '../floor.ts';
import { createOnboarder, untilReady } from '../onboard.ts';
import { against, type Row, series } from '../row.ts';
import { inFlight, interleave, timed } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const width = 50;

/** How many get through a second when fifty are under way at any time, all for one agency, whose plan they share. */
export async function fiftyInFlight(stage: Stage, { throughputRounds, throughputCount: count }: Extent): Promise<Row[]> {
  stage.say(`${width} in flight: ${throughputRounds} rounds of ${count}`);
  const agency = await openAgency(stage, 'Fifty in flight');
  const onboarder = createOnboarder(stage, agency, await makeReadyProjects(stage, agency.id, count * (throughputRounds + 1)));
  const perSecond = async (work: () => Promise<unknown>) => (count / (await timed(() => inFlight(width, count, work)))) * 1000;

  const measure = async (rounds: number) => {
    const rates = { naive: series(), onboardings: series(), dry: series() };
    await interleave(rounds, [
      async () => rates.naive.push(await perSecond(() => runFourSteps(stage.client))),
      async () => rates.onboardings.push(await perSecond(async () => untilReady(await onboarder.start()))),
      async () => rates.dry.push(await perSecond(async () => untilReady(await onboarder.startDry()))),
    ]);
    return rates;
  };

  await measure(1);
  await stage.countRows();
  const { naive, onboardings, dry } = await measure(throughputRounds);
  return [
    { measure: 'four no-op activities, 50 in flight', unit: '/s', samples: naive },
    { measure: 'onboardings, 50 in flight', unit: '/s', samples: onboardings, ...against('naive form', onboardings, naive), target: { ratioAtLeast: 0.9 } },
    { measure: 'the same with steps that touch no database', unit: '/s', samples: dry, ...against('naive form', dry, naive) },
  ];
}
