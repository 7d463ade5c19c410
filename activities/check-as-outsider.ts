import { readEffectiveBrand } from '../db/read/effective-brand.ts';
import { inTenant, reading } from '../db/tenant.ts';
import { shownBrand } from '../domain/brand.ts';
import { composeReport, pageMeta, type SharedReport, surfaceLabels, textsOf } from '../domain/report-document.ts';
import type { ActivityDeps } from './index.ts';
import type { SharingKey } from './share-link.ts';
import { readShownPage } from './shown-page.ts';

export interface CheckAsOutsiderInput extends SharingKey {
  requestId: string;
}

export type CheckAsOutsiderResult =
  | { outcome: 'held' }
  /** What is wrong with the page, in words that tell nothing of what it showed. */
  | { outcome: 'failed'; faults: string[] }
  /** The links were retired before anybody was given them. */
  | { outcome: 'gone' };

const pageTimeoutMs = 5_000;

/** Names itself, so that nobody counts it as a reader. */
const userAgent = 'Foyer-Outsider-Check/1 (bot)';

/**
 * Fetches the page of a link that nobody was given yet, with no credential but the link, as whoever gets it will. Holds the page to the report and the
 * brand: it shows title, domain and brand, and not one text that does not belong to them, so that nothing private can be among what it shows.
 * Throws while the page cannot be reached.
 */
export async function checkAsOutsider(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const seen = await lookOnce(deps, input);
  // A report may have come between what was expected and what was seen.
  return seen.outcome === 'failed' ? lookOnce(deps, input) : seen;
}

async function lookOnce(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const expected = await whatShouldBeThere(deps, input);
  if (!expected) return { outcome: 'gone' };
  const { report, brandTexts, token } = expected;
  const response = await fetch(`${deps.checkUrl}/r/${token}`, {
    headers: { 'user-agent': userAgent },
    redirect: 'manual',
    signal: AbortSignal.timeout(pageTimeoutMs),
  });
  if (response.status >= 500) throw new Error(`the shared page answers ${response.status}`);
  const page = readShownPage(await response.text());
  const allowed = new Set([...textsOf(composeReport(report, brandTexts)), ...textsOf(surfaceLabels), ...textsOf(pageMeta)].map(inOneLine));
  const strange = page.texts.filter((text) => !allowed.has(text)).length;
  const missing = Object.entries({ title: report.title, domain: report.domain, brand: brandTexts.reportBrand }).filter(
    ([, text]) => !page.texts.includes(inOneLine(text)),
  );
  const faults = [
    ...(response.status === 200 ? [] : [`it answers ${response.status}`]),
    ...missing.map(([what]) => `it does not show the ${what}`),
    ...(strange > 0 ? [`it shows ${strange} texts that are not of the report`] : []),
    ...(page.addresses.every((address) => address.startsWith('/') && !address.startsWith('//')) ? [] : ['it leads to another site']),
    ...(response.headers.has('set-cookie') ? ['it sets a cookie'] : []),
    ...(response.headers.get('x-robots-tag')?.includes('noindex') ? [] : ['search engines may list it']),
  ];
  return faults.length === 0 ? { outcome: 'held' } : { outcome: 'failed', faults };
}

/** Blanks are shown as one, whatever they are made of. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

async function whatShouldBeThere({ db, secrets }: ActivityDeps, { agencyId, projectId, requestId }: CheckAsOutsiderInput) {
  return inTenant(db, agencyId, async (tx) => {
    const row = await tx
      .selectFrom('sharings as sharing')
      .innerJoin('verified_reports as report', (join) =>
        join.onRef('report.agency_id', '=', 'sharing.agency_id').onRef('report.project_id', '=', 'sharing.project_id'),
      )
      .where('sharing.agency_id', '=', agencyId)
      .where('sharing.project_id', '=', projectId)
      .where('sharing.request_id', '=', requestId)
      .select(['sharing.client_id', 'sharing.sealed_token'])
      .select(['report.title', 'report.domain', 'report.risk_score', 'report.pages_scanned', 'report.findings', 'report.at'])
      .executeTakeFirst();
    if (!row?.sealed_token) return undefined;
    const effective = await readEffectiveBrand(reading(tx), agencyId, row.client_id);
    if (!effective) throw new Error(`agency ${agencyId} has no account`);
    const { title, domain, findings, at } = row;
    const report: SharedReport = { title, domain, riskScore: row.risk_score, pagesScanned: row.pages_scanned, findings, at };
    const brandTexts = shownBrand(effective.brand, effective.accountName, (hash) => hash);
    return { report, brandTexts, token: secrets.open(row.sealed_token) };
  });
}
