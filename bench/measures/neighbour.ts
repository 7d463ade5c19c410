import { setTimeout as sleep } from 'node:timers/promises';
import { type Agency, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { fillAgency } from '../fill-agency.ts';
import { type Answer, createReader } from '../http-client.ts';
import { pageAnywhere } from '../page-anywhere.ts';
import { type Row, series } from '../row.ts';
import { interleave, quantile, timed } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const stormPerSecond = 200;
const clients = 1_000;

/** One agency's pages of clients, asked for again and again, in quiet and while another agency asks for its own 200 times a second. Each page is made anew. */
export async function neighbour(stage: Stage, { neighbourRounds, listSeconds }: Extent): Promise<Row[]> {
  stage.say('Making two agencies of 1,000 clients');
  const [agency, stormy] = [await openAgency(stage, 'Quiet'), await openAgency(stage, 'Stormy')];
  for (const { id } of [agency, stormy]) await fillAgency(stage, id, clients);

  const page = pageReader(stage, agency);
  const pages = async (samples: number[]) => {
    for (const until = performance.now() + listSeconds * 1000; performance.now() < until; ) samples.push(await timed(page));
  };
  const times = { quiet: series(), stormy: series() };
  const inQuiet = () => pages(times.quiet);
  const inStorm = async () => {
    const storm = requests(stage, stormy, listSeconds + 1);
    await pages(times.stormy);
    await storm;
  };
  stage.say(`Pages of one agency while another asks for ${stormPerSecond} a second: ${neighbourRounds} rounds of ${listSeconds} s each`);
  await pages(series());
  await interleave(neighbourRounds, [inQuiet, inStorm]);
  const value = quantile(times.stormy, 0.95) / quantile(times.quiet, 0.95);
  return [
    { measure: 'page of clients made anew, one at a time', unit: 'ms', samples: times.quiet },
    {
      measure: `the same while a neighbour sends ${stormPerSecond}/s`,
      unit: 'ms',
      samples: times.stormy,
      ratio: { to: 'quiet, at p95', value },
      target: { ratioAtMost: 2 },
    },
  ];
}

function pageReader({ api }: Stage, { id, apiKey }: Agency): () => Promise<Answer> {
  const read = createReader({ authorization: `Bearer ${apiKey}` });
  return () => read(`${api.url}/v1/agencies/${id}/clients?${pageAnywhere(clients)}`);
}

/** At an even pace, each over the next connection that is free; late ones are sent at once. */
async function requests(stage: Stage, agency: Agency, seconds: number): Promise<void> {
  const page = pageReader(stage, agency);
  const startedAt = performance.now();
  const sent: Promise<unknown>[] = [];
  while (sent.length < seconds * stormPerSecond) {
    const due = Math.ceil(((performance.now() - startedAt) / 1000) * stormPerSecond);
    while (sent.length < due) sent.push(page());
    await sleep(1);
  }
  await Promise.all(sent);
}
