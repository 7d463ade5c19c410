import { html } from 'hono/html';
import { neutralAccent } from '../../domain/brand.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { type SurfacePage, surfacePage } from './page.ts';

/** What whoever opens a link is told that leads nowhere: nothing of anyone, the same to everybody, in words for people who know of no API. */
export function refusalPage(code: RefusalCode | 'INTERNAL_ERROR'): SurfacePage {
  const { title, detail, nextAction } = wordsOf(code);
  const body = html`<h1>${title}</h1>
<p>${detail}</p>
<p>${nextAction}</p>`;
  return surfacePage({ title, accentColor: neutralAccent, body });
}

function wordsOf(code: RefusalCode | 'INTERNAL_ERROR') {
  if (code === 'SHARE_EXPIRED') {
    return { title: 'Link no longer valid', detail: 'This link has expired or was withdrawn.', nextAction: 'Ask whoever sent it for a new one.' };
  }
  if (code === 'NOT_FOUND') {
    return { title: 'Not found', detail: 'There is no report at this address.', nextAction: 'Check that it is complete, or ask whoever sent it.' };
  }
  return { title: 'This did not work', detail: 'The page cannot be shown right now.', nextAction: 'Try again in a while, or ask whoever sent the link.' };
}
