import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { refused } from '../refused.ts';
import { type Destination, isPublicHttps } from './public-address.ts';

/** More bytes than any logo needs. */
export const largestLogoBytes = 1024 * 1024;
const mostRedirects = 3;

/** Fetches the image at an address that somebody gave, once. Refuses with `LOGO_UNSAFE`. */
export type LogoFetcher = (url: string) => Promise<Buffer>;

export interface LogoFetcherOptions {
  /** Where it may connect to. */
  mayReach?: (destination: Destination) => boolean;
  /** Certificates to trust beside those that every browser does. */
  ca?: string;
  /** For everything together: names, connections, redirects and bytes. */
  timeoutMs?: number;
}

/**
 * A fetcher behind a guard: https only, every address checked at the moment of connecting to it (so that a name cannot change its mind in between),
 * every redirect checked anew, and bounded in bytes and time. What it connects to is told nothing of Foyer, and nothing of what it answers is shown but
 * the picture.
 */
export function createLogoFetcher({ mayReach = isPublicHttps, ca, timeoutMs = 5_000 }: LogoFetcherOptions = {}): LogoFetcher {
  return async (address) => {
    const agent = new Agent({ connect: guardedConnector(mayReach, ca), maxResponseSize: largestLogoBytes });
    try {
      return await follow(agent, address, AbortSignal.timeout(timeoutMs));
    } finally {
      await agent.destroy();
    }
  };
}

async function follow(agent: Agent, address: string, signal: AbortSignal): Promise<Buffer> {
  let url = httpsUrl(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await request(agent, url, signal);
    if ('image' in answer) return answer.image;
    url = httpsUrl(answer.location, url);
  }
  throw refused('LOGO_UNSAFE', { detail: `The logo's address redirects more than ${mostRedirects} times.` });
}

/** Refuses what is no plain https address, which is how redirects to other schemes end. */
function httpsUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href) ?? undefined;
  if (url?.protocol !== 'https:') throw refused('LOGO_UNSAFE', { detail: "The logo's address must begin with https://." });
  if (url.username || url.password) throw refused('LOGO_UNSAFE', { detail: "The logo's address must hold no password." });
  return url;
}

async function request(agent: Agent, url: URL, signal: AbortSignal): Promise<{ image: Buffer } | { location: string }> {
  try {
    // Unencoded, so that a small answer cannot grow.
    const headers = { accept: 'image/png, image/jpeg, image/webp, image/svg+xml', 'accept-encoding': 'identity' };
    const {
      statusCode,
      headers: answered,
      body,
    } = await agent.request({ origin: url.origin, path: url.pathname + url.search, method: 'GET', headers, signal });
    // Read to its end, whatever it is: a body that is left alone fails later, when nobody listens.
    const image = Buffer.from(await body.arrayBuffer());
    const location = answered['location'];
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') return { location };
    if (statusCode !== 200 || (answered['content-encoding'] ?? 'identity') !== 'identity') throw unreachable();
    return { image };
  } catch {
    // One answer for whatever went wrong, so that nobody maps a network with it.
    throw unreachable();
  }
}

function unreachable() {
  const largest = `${largestLogoBytes / 1024 / 1024} MB`;
  return refused('LOGO_UNSAFE', {
    detail: `The logo could not be fetched: its address must be public, and answer at once with an image of at most ${largest}.`,
  });
}

/** Connects only where it may: names are resolved here, and the connection goes to the very addresses that were checked. */
function guardedConnector(mayReach: (destination: Destination) => boolean, ca: string | undefined): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port || 443);
    const lookup: LookupFunction = (hostname, { family, hints }, found) => {
      resolve(hostname, { all: true, ...(family !== undefined && { family }), ...(hints !== undefined && { hints }) }, (error, addresses) => {
        const denied = error ?? (addresses.every(({ address }) => mayReach({ address, port })) ? null : new Error('not a public address'));
        found(denied, addresses);
      });
    };
    const host = options.hostname.replace(/^\[|\]$/g, '');
    // An address in the URL itself is never looked up.
    if (isIP(host) && !mayReach({ address: host, port })) return callback(new Error('not a public address'), null);
    buildConnector({ lookup, allowH2: false, ...(ca !== undefined && { ca }) })(options, callback);
  };
}
