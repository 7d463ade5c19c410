import { createMiddleware } from 'hono/factory';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { isSurface } from '../../domain/surface-path.ts';
import type { AppContext, AppEnv } from '../environment.ts';

const own = ["'self'"];
const nobody = ["'none'"];

/** What a page of ours may load, run and be framed by: its own files, styles that carry the answer's nonce, and nothing of anybody else. */
const strict = {
  defaultSrc: nobody,
  scriptSrc: own,
  styleSrc: [...own, NONCE],
  imgSrc: [...own, 'data:'],
  fontSrc: own,
  connectSrc: own,
  frameSrc: own,
  manifestSrc: own,
  formAction: own,
  baseUri: nobody,
  frameAncestors: nobody,
};

const headersWith = (contentSecurityPolicy: Partial<typeof strict> | undefined, referrerPolicy = 'same-origin', xFrameOptions = 'DENY') =>
  secureHeaders({
    ...(contentSecurityPolicy && { contentSecurityPolicy }),
    // Pages have tokens in their addresses; a page of ours that asks another is told, nobody else is.
    referrerPolicy,
    xFrameOptions,
    permissionsPolicy: { camera: false, microphone: false, geolocation: false },
  });

const onPages = headersWith(strict);
/** Data is no page: whoever opens it in a browser all the same gets nothing to load or run. */
const onData = headersWith({ defaultSrc: nobody, baseUri: nobody, formAction: nobody, frameAncestors: nobody });
/** The API reference is a page of somebody else's making, which writes its styles as it goes. */
const onReference = headersWith({ ...strict, styleSrc: [...own, "'unsafe-inline'"] });

/** What clients are shown states a policy of its own, which lets it have its very style; its address is told to nobody. */
const onSurface = headersWith(undefined, 'no-referrer');

/** What the app shows of a surface in a frame of its own. The surface's policy takes the place of this one, which is for refusals. */
const framed = headersWith(undefined, 'no-referrer', 'SAMEORIGIN');
const onPreview: typeof framed = (c, next) => {
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'self'");
  return framed(c, next);
};
const previewPath = /^\/v1\/agencies\/[^/]+(\/(projects|clients)\/[^/]+)?(\/brand)?\/preview\//;

/** Security headers and a content security policy for everything that is served. */
export const securityHeaders = createMiddleware<AppEnv>((c, next) => {
  const [, area] = c.req.path.split('/', 2);
  if (previewPath.test(c.req.path)) return onPreview(c, next);
  if (area === 'v1' || area === 'api') return onData(c, next);
  if (isSurface(c.req.path)) return onSurface(c, next);
  return area === 'reference' ? onReference(c, next) : onPages(c, next);
});

/** What a `<style>` of this answer must carry to be taken: `<style nonce="...">`. */
export function cspNonce(c: AppContext): string {
  const nonce = c.var.secureHeadersNonce;
  if (nonce === undefined) throw new Error('this answer has no nonce');
  return nonce;
}
