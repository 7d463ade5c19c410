import { isRead } from '../is-read.ts';

/** Is this URL on the machine itself, where there is no TLS and nobody in between? */
export function isLocal(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && loopbackNames.includes(hostname);
}

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** The origins that pages of ours come from: that of the public URL and, on the machine itself, its other names. */
export function trustedOrigins(publicUrl: string): string[] {
  const { origin, protocol, port } = new URL(publicUrl);
  if (!isLocal(publicUrl)) return [origin];
  return loopbackNames.map((name) => new URL(`${protocol}//${name}:${port || 80}`).origin);
}

/**
 * May this request change something for whoever's cookies it carries? A browser sends the cookies with whatever any site's page asks for, and tells
 * with every such request that is no mere reading where the page comes from.
 */
export function isFromOwnPage({ method, headers }: Request, publicUrl: string): boolean {
  if (isRead(method)) return true;
  const origin = headers.get('origin');
  return origin !== null && trustedOrigins(publicUrl).includes(origin);
}
