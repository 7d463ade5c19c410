import autocannon from 'autocannon';
import { type Agency, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { fillAgency } from '../fill-agency.ts';
import { against, type Row, series } from '../row.ts';
import { interleave } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const connections = 50;

/**
 * Pages of 50 clients over HTTP, of a small and a large agency, against the small one's page as constant JSON: from a bare server of the same stack, and from
 * the API itself, which tells what the data alone cost.
 */
export async function listClients(stage: Stage, { listRounds, listSeconds }: Extent): Promise<Row[]> {
  stage.say('Making an agency of 1,000 and one of 100,000 clients');
  const [small, large] = [await openAgency(stage, 'A thousand'), await openAgency(stage, 'A hundred thousand')];
  await fillAgency(stage, small.id, 1_000);
  await fillAgency(stage, large.id, 100_000);

  const listUrl = (agency: Agency) => `${stage.api.url}/v1/agencies/${agency.id}/clients?limit=50`;
  const page = { BENCH_PAGE_URL: listUrl(small), BENCH_PAGE_KEY: small.apiKey };
  const [bareUrl, apiUrl] = [await stage.serve('bench/constant-server.ts', page), await stage.serve('bench/constant-api.ts', page)];
  const measure = async (rounds: number) => {
    const rates = { bare: series(), api: series(), small: series(), large: series() };
    await interleave(rounds, [
      async () => rates.bare.push(await requestsPerSecond(`${bareUrl}/constant`, listSeconds)),
      async () => rates.api.push(await requestsPerSecond(`${apiUrl}/constant`, listSeconds)),
      async () => rates.small.push(await requestsPerSecond(listUrl(small), listSeconds, small.apiKey)),
      async () => rates.large.push(await requestsPerSecond(listUrl(large), listSeconds, large.apiKey)),
    ]);
    return rates;
  };

  stage.say(`Lists at ${connections} connections: ${listRounds} rounds of ${listSeconds} s each`);
  await measure(1);
  const rates = await measure(listRounds);
  return [
    { measure: 'constant JSON, bare', unit: '/s', samples: rates.bare },
    { measure: 'constant JSON from the API', unit: '/s', samples: rates.api, ...against('bare', rates.api, rates.bare) },
    { measure: 'list of 50 of 1,000 clients', unit: '/s', samples: rates.small, ...against('bare', rates.small, rates.bare), target: { ratioAtLeast: 0.2 } },
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
