import { z } from 'zod';

const environment = z.object({ BENCH_PAGE_URL: z.url(), BENCH_PAGE_KEY: z.string().optional() });

/** The page at `BENCH_PAGE_URL`, asked for once, for servers that then give it away as a constant: JSON as an object, to be turned into text each time, HTML as it is. */
export async function constantPage(): Promise<Record<string, unknown> | string> {
  const { BENCH_PAGE_URL: url, BENCH_PAGE_KEY: key } = environment.parse(process.env);
  const response = await fetch(url, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  if (response.headers.get('content-type')?.startsWith('text/html')) return response.text();
  return z.record(z.string(), z.unknown()).parse(await response.json());
}
