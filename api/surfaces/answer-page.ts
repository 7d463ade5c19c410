import { type RefusalCode, refusals } from '../../domain/refusal.ts';
import { pageMeta } from '../../domain/report-document.ts';
import type { AppContext } from '../environment.ts';
import type { SurfacePage } from './page.ts';
import { refusalPage } from './refusal-page.ts';

type PageStatus = 200 | 500 | (typeof refusals)[RefusalCode]['status'];

/** Sends a page to whoever has its link: kept by nobody, listed by nobody, and under a policy that lets it load nothing of anybody else. */
export function answerPage(c: AppContext, page: SurfacePage, status: PageStatus = 200) {
  keepPrivate(c);
  c.header('Content-Security-Policy', page.contentSecurityPolicy);
  return c.html(page.html, status);
}

/** The same for what is no page. */
export function keepPrivate(c: AppContext): void {
  c.header('Cache-Control', 'private, no-store');
  c.header('X-Robots-Tag', pageMeta.robots);
}

/** A link that leads nowhere, in words for people; whatever is not theirs to know is said as little as a stranger would be told. */
export function answerSurfaceRefusal(c: AppContext, code: RefusalCode | 'INTERNAL_ERROR') {
  c.var.canonical.refusal = code;
  const status = code === 'INTERNAL_ERROR' ? 500 : refusals[code].status;
  if (status === 429 || status === 503) c.header('Retry-After', '2');
  return answerPage(c, refusalPage(code), status);
}
