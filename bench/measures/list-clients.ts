import autocannon from 'autocannon';
import { type Agency, openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { fillAgency } from '../fill-agency.ts';
import { pageAnywhere } from '../page-anywhere.ts';
import { against, type Row, series } from '../row.ts';
import { interleave } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const connections = 50;

/**
 * Pages of 50 clients over HTTP, of a small and a large agency, against the small one's page as constant JSON: from a bare server of the same stack, and from
 * the API itself, which tells what the data alone cost. The first page again and again is one that the API remembers while nothing changes; a page that
 * begins somewhere else each time is made anew each time, as the first one is where everything changes.
 */
export async function listClients(stage: Stage, { listRounds, listSeconds }: Extent): Promise<Row[]> {
  stage.say('Making an agency of 1,000 and one of 100,000 clients');
  const [small, large] = [await openListed(stage, 'A thousand', 1_000), await openListed(stage, 'A hundred thousand', 100_000)];
  const page = { BENCH_PAGE_URL: small.url, BENCH_PAGE_KEY: small.apiKey };
  const [bareUrl, apiUrl] = [await stage.serve('bench/constant-server.ts', page), await stage.serve('bench/constant-api.ts', page)];
  const measure = async (rounds: number) => {
    const rates = { bare: series(), api: series(), small: series(), large: series(), smallAnew: series(), largeAnew: series() };
    await interleave(rounds, [
      async () => rates.bare.push(await requestsPerSecond({ url: `${bareUrl}/constant` }, listSeconds)),
      async () => rates.api.push(await requestsPerSecond({ url: `${apiUrl}/constant` }, listSeconds)),
      async () => rates.small.push(await requestsPerSecond(firstPage(small), listSeconds)),
      async () => rates.large.push(await requestsPerSecond(firstPage(large), listSeconds)),
      async () => rates.smallAnew.push(await requestsPerSecond(pagesAnywhere(small), listSeconds)),
      async () => rates.largeAnew.push(await requestsPerSecond(pagesAnywhere(large), listSeconds)),
    ]);
    return rates;
  };

  stage.say(`Lists at ${connections} connections: ${listRounds} rounds of ${listSeconds} s each`);
  await measure(1);
  const rates = await measure(listRounds);
  return [
    { measure: 'constant JSON, bare', unit: '/s', samples: rates.bare },
    { measure: 'constant JSON from the API', unit: '/s', samples: rates.api, ...against('bare', rates.api, rates.bare) },
    { measure: 'first 50 of 1,000 clients', unit: '/s', samples: rates.small, ...against('bare', rates.small, rates.bare), target: { ratioAtLeast: 0.2 } },
    {
      measure: 'first 50 of 100,000 clients',
      unit: '/s',
      samples: rates.large,
      ...against('of 1,000', rates.large, rates.small),
      target: { ratioAtLeast: 0.9 },
    },
    { measure: 'another 50 of 1,000 clients each time', unit: '/s', samples: rates.smallAnew, ...against('bare', rates.smallAnew, rates.bare) },
    {
      measure: 'another 50 of 100,000 clients each time',
      unit: '/s',
      samples: rates.largeAnew,
      ...against('of 1,000', rates.largeAnew, rates.smallAnew),
      target: { ratioAtLeast: 0.9 },
    },
  ];
}

interface Listed extends Agency {
  clients: number;
  /** Of the first page. */
  url: string;
}

async function openListed(stage: Stage, name: string, clients: number): Promise<Listed> {
  const agency = await openAgency(stage, name);
  await fillAgency(stage, agency.id, clients);
  return { ...agency, clients, url: `${stage.api.url}/v1/agencies/${agency.id}/clients?limit=50` };
}

type Asked = Pick<autocannon.Options, 'url' | 'headers' | 'requests'>;

function firstPage({ url, apiKey }: Listed): Asked {
  return { url, headers: { authorization: `Bearer ${apiKey}` } };
}

function pagesAnywhere(agency: Listed): Asked {
  const { pathname } = new URL(agency.url);
  return { ...firstPage(agency), requests: [{ setupRequest: (request) => ({ ...request, path: `${pathname}?${pageAnywhere(agency.clients)}` }) }] };
}

async function requestsPerSecond(asked: Asked, seconds: number): Promise<number> {
  const result = await autocannon({ ...asked, connections, duration: seconds });
  if (result.errors > 0 || result.non2xx > 0) throw new Error(`${asked.url}: ${result.errors} errors, ${result.non2xx} answers that are no success`);
  return result['2xx'] / result.duration;
}
