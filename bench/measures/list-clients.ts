import autocannon from 'autocannon';
import { type Agency, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { fillAgency } from '../fill-agency.ts';
import { against, type Row, series } from '../row.ts';
import { interleave } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const connections = 50;

/** Pages of 50 clients over HTTP, of a small and a large agency, and a server of the same stack that answers with the small one's bytes. */
export async function listClients(stage: Stage, { listRounds, listSeconds }: Extent): Promise<Row[]> {
  stage.say('Making an agency of 1,000 and one of 100,000 clients');
  const [small, large] = [await openAgency(stage, 'A thousand'), await openAgency(stage, 'A hundred thousand')];
  await fillAgency(stage, small.id, 1_000);
  await fillAgency(stage, large.id, 100_000);

  const listUrl = (agency: Agency) => `${stage.api.url}/v1/agencies/${agency.id}/clients?limit=50`;
  const constantUrl = await stage.serve('bench/constant-server.ts', { BENCH_BODY_URL: listUrl(small), BENCH_BODY_KEY: small.apiKey });
  const measure = async (rounds: number, seconds: number) => {
    const rates = { constant: series(), small: series(), large: series() };
    await interleave(rounds, [
      async () => rates.constant.push(await requestsPerSecond(constantUrl, seconds)),
      async () => rates.small.push(await requestsPerSecond(listUrl(small), seconds, small.apiKey)),
      async () => rates.large.push(await requestsPerSecond(listUrl(large), seconds, large.apiKey)),
    ]);
    return rates;
  };

  stage.say(`Lists at ${connections} connections: ${listRounds} rounds of ${listSeconds} s each`);
  await measure(1, listSeconds);
  const rates = await measure(listRounds, listSeconds);
  return [
    { measure: 'constant JSON of the same bytes', unit: '/s', samples: rates.constant },
    {
      measure: 'list of 50 of 1,000 clients',
      unit: '/s',
      samples: rates.small,
      ...against('constant', rates.small, rates.constant),
      target: { ratioAtLeast: 0.2 },
    },
    {
      measure: 'list of 50 of 100,000 clients',
      unit: '/s',
      samples: rates.large,
      ...against('of 1,000', rates.large, rates.small),
      target: { ratioAtLeast: 0.9 },
    },
  ];
}

async function requestsPerSecond(url: string, seconds: number, apiKey?: string): Promise<number> {
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const result = await autocannon({ url, headers, connections, duration: seconds });
  if (result.errors > 0 || result.non2xx > 0) throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers that are no success`);
  return result['2xx'] / result.duration;
}
