import ipaddr from 'ipaddr.js';

/** An address and port that the guard is about to connect to. */
export interface Destination {
  address: string;
  port: number;
}

/**
 * Is this the https port of a host on the public internet? Private, loopback, link-local (where clouds keep their metadata), shared, documentation,
 * multicast and reserved ranges are not, neither by themselves nor inside an IPv6 address that leads to IPv4.
 */
export function isPublicHttps({ address, port }: Destination): boolean {
  if (port !== 443 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  // Of IPv6 only what is handed out as global unicast: unlisted ranges are nobody's website.
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(ipaddr.IPv6.parse('2000::'), 3));
}
