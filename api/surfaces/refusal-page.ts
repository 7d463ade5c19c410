import { html } from 'hono/html';
import { neutralAccent } from '../../domain/brand.ts';
import { type RefusalCode, refusals } from '../../domain/refusal.ts';
import { type SurfacePage, surfacePage } from './page.ts';

/** What whoever opens a link is told that leads nowhere: nothing of anyone, the same to everybody. */
export function refusalPage(code: RefusalCode | 'INTERNAL_ERROR'): SurfacePage {
  const { title, detail, nextAction } = code === 'INTERNAL_ERROR' ? internalError : refusals[code];
  const body = html`<h1>${title}</h1>
<p>${detail}</p>
<p>${nextAction.label}</p>`;
  return surfacePage({ title, accentColor: neutralAccent, body });
}

const internalError = {
  title: 'This did not work',
  detail: 'The page cannot be shown right now.',
  nextAction: { label: 'Try again in a while, or ask the sender.' },
};
