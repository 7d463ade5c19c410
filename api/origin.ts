import ipaddr from 'ipaddr.js';
import type { Origin } from '../domain/actor.ts';
import type { AppContext } from './environment.ts';

const networkBits = { ipv4: 24, ipv6: 48 } as const;
const longestUserAgent = 200;

/** Where the request comes from, as the history tells it. */
export function originOf(c: AppContext): Origin {
  const { requestId, clientAddress } = c.var;
  // Header values are bytes that Node reads as Latin-1; what is not visible ASCII tells nobody anything.
  const userAgent = (c.req.header('user-agent') ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, longestUserAgent);
  return { requestId, network: networkOf(clientAddress), userAgent: userAgent || null };
}

/** The network around the address: a household or an office, not the one who sits there. */
function networkOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  const parsed = ipaddr.process(address);
  const bits = networkBits[parsed.kind()];
  const bytes = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes)}/${bits}`;
}
