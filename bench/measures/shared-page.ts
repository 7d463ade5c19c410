import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { z } from 'zod';
import { openAgency } from '../agency.ts';
import type { Extent } from '../extent.ts';
import { against, type Row, series } from '../row.ts';
import { interleave } from '../sampling.ts';
import type { Stage } from '../stage.ts';

const findingCount = 25;

/**
 * A shared report as its client opens it, one request after the other, against the same page as a constant from the API itself, with its headers,
 * metrics and log line; and that against a bare server of the same stack.
 */
export async function sharedPage(stage: Stage, { listRounds, listSeconds }: Extent): Promise<Row[]> {
  stage.say(`Sharing a report of ${findingCount} findings`);
  const pageUrl = await shareReport(stage);
  const page = { BENCH_PAGE_URL: pageUrl };
  const [bareUrl, apiUrl] = [await stage.serve('bench/constant-server.ts', page), await stage.serve('bench/constant-api.ts', page)];
  const measure = async (rounds: number) => {
    const times = { bare: series(), api: series(), shared: series(), pdf: series() };
    await interleave(rounds, [
      async () => times.bare.push(await millisecondsOf(`${bareUrl}/constant`, listSeconds)),
      async () => times.api.push(await millisecondsOf(`${apiUrl}/constant`, listSeconds)),
      async () => times.shared.push(await millisecondsOf(pageUrl, listSeconds)),
      async () => times.pdf.push(await millisecondsOf(`${pageUrl}/report.pdf`, listSeconds)),
    ]);
    return times;
  };
  stage.say(`A shared page: ${listRounds} rounds of ${listSeconds} s each`);
  await measure(1);
  const times = await measure(listRounds);
  return [
    { measure: 'constant page, bare', unit: 'ms', samples: times.bare },
    { measure: 'constant page from the API', unit: 'ms', samples: times.api, ...against('bare', times.api, times.bare) },
    { measure: 'shared page', unit: 'ms', samples: times.shared, ...against('constant', times.shared, times.api), target: { ratioAtMost: 3 } },
    { measure: 'the same as PDF', unit: 'ms', samples: times.pdf, ...against('constant', times.pdf, times.api) },
  ];
}

async function millisecondsOf(url: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: 1, duration: seconds });
  if (result.errors > 0 || result.non2xx > 0) throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers that are no success`);
  return (result.duration * 1000) / result['2xx'];
}

const named = z.object({ id: z.uuid() });
const onboarded = z.object({ client: named });
const shared = z.object({ links: z.object({ public: z.url() }) });

/** Shares a report through the API; returns the address of its page. */
async function shareReport(stage: Stage): Promise<string> {
  const { id, apiKey } = await openAgency(stage, 'Sharing');
  const agency = `${stage.api.url}/v1/agencies/${id}`;
  const send = async <T>(method: string, path: string, body: object, schema: z.ZodType<T>): Promise<T> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...(method === 'POST' && { 'idempotency-key': randomUUID() }) };
    const response = await fetch(agency + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return schema.parse(await response.json());
  };
  const at = new Date().toISOString();
  const { client } = await send('POST', '/clients', { name: 'Acme' }, onboarded);
  const { id: projectId } = await send('POST', '/projects', { name: 'Acme', domain: 'acme.example', clientId: client.id }, named);
  await send('PUT', `/projects/${projectId}/badges/scan`, { value: 'completed', at }, named);
  const passed = { state: 'passed' };
  const gates = { evidence: passed, scope: passed, confidence: passed, redaction: passed, legalBoundary: passed, falsePositiveReview: passed };
  const report = { title: 'Website risk report', domain: 'acme.example', riskScore: 42, pagesScanned: 120, findings: findings(), gates, at };
  await send('PUT', `/projects/${projectId}/report`, report, named);
  const { links } = await send('PUT', `/projects/${projectId}/sharing`, { enabled: true }, shared);
  return links.public;
}

function findings(): object[] {
  const severities = ['critical', 'high', 'medium', 'low', 'info'];
  return Array.from({ length: findingCount }, (_, index) => ({
    severity: severities[index % severities.length],
    category: 'Transport security',
    title: `Pages are served without HSTS (${index})`,
    affectedUrl: `https://acme.example/${index}`,
    evidence: 'The response has no Strict-Transport-Security header.\n'.repeat(4),
    recommendation: 'Send Strict-Transport-Security with a max-age of at least six months.',
  }));
}
