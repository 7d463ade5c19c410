import { Hono } from 'hono';
import { html } from 'hono/html';
import { refusalCodes, refusals } from '../domain/refusal.ts';
import type { AppEnv } from './environment.ts';
import { refused } from './refused.ts';

/** `/docs/refusals/{code}`: where a problem document's `type` leads. */
export const refusalPages = new Hono<AppEnv>().get('/:code', (c) => {
  const code = refusalCodes.find((known) => known === c.req.param('code'));
  if (!code) throw refused('NOT_FOUND');
  const { title, status, detail, nextAction } = refusals[code];
  return c.html(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} (${code})</title></head>
<body>
<main>
<h1>${title}</h1>
<p><code>${code}</code>, HTTP ${status}</p>
<p>${detail}</p>
<h2>What to do</h2>
<p>${nextAction.label}</p>
</main>
</body>
</html>`);
});
