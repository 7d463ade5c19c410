import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';

/** Address ranges of the proxies in front, whose word about where a request comes from is taken. */
export type TrustedProxies = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

/** @param ranges CIDR notation, or single addresses. Throws for what is neither. */
export function parseTrustedProxies(ranges: readonly string[]): TrustedProxies {
  return ranges.map((range) => {
    if (range.includes('/')) return ipaddr.parseCIDR(range);
    const address = ipaddr.process(range);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

/**
 * Where a request comes from: the other end of its connection or, where that is a trusted proxy, the last address in `X-Forwarded-For` that is none.
 * What anybody else writes into that header is passed over. Undefined for a request that came over no connection.
 */
export function clientAddress(c: Context, proxies: TrustedProxies): string | undefined {
  // Hono types the bindings of any runtime; on Node they are these, and absent in a request that was never sent.
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  let nearest = parsed(incoming?.socket?.remoteAddress);
  if (proxies.length === 0) return nearest?.toString();
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  while (nearest && isTrusted(nearest, proxies)) {
    const before = parsed(forwarded.pop());
    if (!before) break;
    nearest = before;
  }
  return nearest?.toString();
}

function parsed(address: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return address !== undefined && ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
}

function isTrusted(address: ipaddr.IPv4 | ipaddr.IPv6, proxies: TrustedProxies): boolean {
  return proxies.some(([range, bits]) => address.kind() === range.kind() && address.match(range, bits));
}
