import { inTenant } from '../db/tenant.ts';
import { type ExpectedFile, type ExpectedPage, expectedSurfaces } from './expected-surfaces.ts';
import type { ActivityDeps } from './index.ts';
import { privateFactsIn } from './private-facts.ts';
import type { SharingKey } from './share-link.ts';
import { readShownPage } from './shown-page.ts';

export interface CheckAsOutsiderInput extends SharingKey {
  requestId: string;
}

export type CheckAsOutsiderResult =
  | { outcome: 'held' }
  /** What is wrong with what is shown, in words that tell nothing of what it showed. */
  | { outcome: 'failed'; faults: string[] }
  /** The links were retired before anybody was given them. */
  | { outcome: 'gone' };

/** For everything that links lead to together: somebody waits for them. */
const lookWithinMs = 5_000;

/** Names itself, so that nobody counts it as a reader. */
const userAgent = 'Foyer-Outsider-Check/1 (bot)';

/**
 * Fetches everything that new links lead to (page, print, PDF, portal, logo) with no credential but the links, as whoever gets them will, all at once. Holds it to
 * the report and the brand: the pages show title, domain and brand, and not one text and no address that does not belong to them, the files are what they
 * should be to the byte, so that nothing private can be among what is shown. Throws while something cannot be reached, or not in time.
 */
export async function checkAsOutsider(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const seen = await lookOnce(deps, input);
  // A report, or another link of the client, may have come between what was expected and what was seen.
  return seen.outcome === 'failed' ? lookOnce(deps, input) : seen;
}

async function lookOnce(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const expected = await expectedSurfaces(deps, input);
  if (!expected) return { outcome: 'gone' };
  const signal = AbortSignal.timeout(lookWithinMs);
  const seen = await Promise.all(expected.surfaces.map((surface) => look(deps, surface, signal)));
  const faults = seen.flatMap((each) => each.faults);
  if (faults.length === 0) return { outcome: 'held' };
  const strange = seen.flatMap((each) => each.strange);
  const told = await inTenant(deps.db, input.agencyId, (tx) => privateFactsIn(tx, { agencyId: input.agencyId, clientId: expected.clientId }, strange));
  return { outcome: 'failed', faults: [...faults, ...told.map((fact) => `among what is shown is ${fact}`)] };
}

interface Seen {
  faults: string[];
  /** Texts that should not be there. */
  strange: string[];
}

async function look({ checkUrl }: ActivityDeps, surface: ExpectedPage | ExpectedFile, signal: AbortSignal): Promise<Seen> {
  const response = await fetch(checkUrl + surface.path, { headers: { 'user-agent': userAgent }, redirect: 'manual', signal });
  if (response.status >= 500) throw new Error(`${surface.name} answers ${response.status}`);
  const { faults, strange } = surface.kind === 'page' ? lookAtPage(surface, await response.text()) : await lookAtFile(surface, response);
  const all = [
    ...(response.status === 200 ? [] : [`answers ${response.status}`]),
    ...faults,
    ...(response.headers.has('set-cookie') ? ['sets a cookie'] : []),
    ...(response.headers.get('x-robots-tag')?.includes('noindex') ? [] : ['may be listed by search engines']),
  ];
  return { faults: all.map((fault) => `${surface.name} ${fault}`), strange };
}

function lookAtPage({ shows, mayShow, leadsTo, mayLeadTo }: ExpectedPage, html: string): Seen {
  const { texts, addresses } = readShownPage(html);
  const allowed = new Set(mayShow.map(inOneLine));
  const strange = texts.filter((text) => !allowed.has(text));
  const faults = [
    ...Object.entries(shows).flatMap(([what, text]) => (texts.includes(inOneLine(text)) ? [] : [`does not show the ${what}`])),
    ...(strange.length > 0 ? ['shows text that is not of the report'] : []),
    ...(addresses.every((address) => leadsTo.includes(address) || mayLeadTo.includes(address)) ? [] : ['leads where it should not']),
    ...(leadsTo.every((address) => addresses.includes(address)) ? [] : ['does not lead where it should']),
  ];
  return { faults, strange };
}

async function lookAtFile({ type, bytes }: ExpectedFile, response: Response): Promise<Seen> {
  const [shown, expected] = await Promise.all([response.bytes(), bytes()]);
  const same = response.headers.get('content-type') === type && Buffer.compare(shown, expected) === 0;
  return { faults: same ? [] : ['is not what report and brand make'], strange: [] };
}

/** Blanks are shown as one, whatever they are made of. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
