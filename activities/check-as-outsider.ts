import { inTenant } from '../db/tenant.ts';
import { type ExpectedFile, type ExpectedPage, type ExpectedSurface, expectedSurfaces } from './expected-surfaces.ts';
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
  /** The links were retired before anybody was given them, or came to their end. */
  | { outcome: 'gone' };

/** For everything that links lead to together: somebody waits for them. */
const lookWithinMs = 5_000;

/** Of a server or a proxy that says no more than to come again: it was too slow, too early or too often. */
const laterStatuses = [408, 425, 429];

/** Names itself, so that nobody counts it as a reader. */
const userAgent = 'Foyer-Outsider-Check/1 (bot)';

/**
 * Fetches everything that new links lead to (page, print, PDF, portal, logo) with no credential but the links, as whoever gets them will, all at once. Holds it to
 * the report and the brand: the pages show title, domain and brand, and not one text and no address that does not belong to them, the files are what they
 * should be to the byte, so that nothing private can be among what is shown. Throws while something cannot be reached, or not in time.
 */
export async function checkAsOutsider(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const seen = await lookOnce(deps, input);
  // A report or a brand may have come between what was expected and what was seen.
  return seen.outcome === 'failed' ? lookOnce(deps, input) : seen;
}

async function lookOnce(deps: ActivityDeps, input: CheckAsOutsiderInput): Promise<CheckAsOutsiderResult> {
  const expected = await expectedSurfaces(deps, input);
  if (!expected) return { outcome: 'gone' };
  const signal = AbortSignal.timeout(lookWithinMs);
  // What is to be drawn is drawn meanwhile, and remembered.
  const [looked] = await Promise.all([
    Promise.all(expected.surfaces.map((surface) => open(deps, surface, signal))),
    Promise.all(expected.surfaces.map((surface) => surface.kind === 'file' && surface.bytes())),
  ]);
  if ((await holdAll(looked)).faults.length === 0) return { outcome: 'held' };
  // The portal also shows what else was shared with the client meanwhile.
  const after = await expectedSurfaces(deps, input);
  if (!after) return { outcome: 'gone' };
  const { faults, strange } = await holdAll(looked.map(({ surface, opened }) => ({ surface: withWhatCame(surface, after.surfaces), opened })));
  if (faults.length === 0) return { outcome: 'held' };
  const { agencyId } = input;
  const told = await inTenant(deps.db, agencyId, (tx) => privateFactsIn(tx, { agencyId, clientId: expected.clientId }, strange));
  return { outcome: 'failed', faults: [...faults, ...told.map((fact) => `among what is shown is ${fact}`)] };
}

/** What should be at an address, and what came. */
interface Look {
  surface: ExpectedSurface;
  opened: { status: number; headers: Headers; body: Buffer };
}

async function open({ checkUrl }: ActivityDeps, surface: ExpectedSurface, signal: AbortSignal): Promise<Look> {
  const response = await fetch(checkUrl + surface.path, { headers: { 'user-agent': userAgent }, redirect: 'manual', signal });
  const { status, headers } = response;
  if (status >= 500 || laterStatuses.includes(status)) throw new Error(`${surface.name} answers ${status}`);
  return { surface, opened: { status, headers, body: Buffer.from(await response.arrayBuffer()) } };
}

function withWhatCame(surface: ExpectedSurface, after: ExpectedSurface[]): ExpectedSurface {
  const same = after.find(({ name }) => name === surface.name);
  if (surface.kind !== 'page' || same?.kind !== 'page') return surface;
  return { ...surface, mayShow: [...surface.mayShow, ...same.mayShow], mayLeadTo: [...surface.mayLeadTo, ...same.mayLeadTo] };
}

interface Seen {
  faults: string[];
  /** Texts that should not be there. */
  strange: string[];
}

async function holdAll(looked: Look[]): Promise<Seen> {
  const seen = await Promise.all(looked.map(hold));
  return { faults: seen.flatMap(({ faults }) => faults), strange: seen.flatMap(({ strange }) => strange) };
}

async function hold({ surface, opened }: Look): Promise<Seen> {
  const { faults, strange } = surface.kind === 'page' ? lookAtPage(surface, opened) : await lookAtFile(surface, opened);
  const all = [
    ...(opened.status === 200 ? [] : [`answers ${opened.status}`]),
    ...faults,
    ...(opened.headers.has('set-cookie') ? ['sets a cookie'] : []),
    ...(opened.headers.get('x-robots-tag')?.includes('noindex') ? [] : ['may be listed by search engines']),
  ];
  return { faults: all.map((fault) => `${surface.name} ${fault}`), strange };
}

function lookAtPage({ shows, mayShow, leadsTo, mayLeadTo }: ExpectedPage, { body }: Look['opened']): Seen {
  const { texts, addresses } = readShownPage(body.toString());
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

async function lookAtFile({ type, bytes }: ExpectedFile, { headers, body }: Look['opened']): Promise<Seen> {
  const same = headers.get('content-type') === type && body.equals(await bytes());
  return { faults: same ? [] : ['is not what report and brand make'], strange: [] };
}

/** Blanks are shown as one, whatever they are made of. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
