import { html, raw } from 'hono/html';
import { library, sections } from './library.ts';
import type { Availability, DocsPage } from './page.ts';

/** What a reader sees of the form at the end of a page: whether they have just used it. */
export interface ReaderState {
  thanked: boolean;
}

/** A whole page: no script, one style sheet, nothing of anybody else. */
export function layOut(page: DocsPage, { thanked }: ReaderState) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${page.summary}">
<title>${page.path === '/docs' ? 'Foyer documentation' : `${page.title} - Foyer documentation`}</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="home" href="/docs">Foyer documentation</a>
<nav aria-label="Elsewhere"><a href="/agency">Agency</a> <a href="/reference">API reference</a></nav>
</header>
<div class="columns">
${navigation(page)}
<main id="content">
<h1>${page.title}</h1>
${raw(page.html)}
${page.availability && availabilityBlock(page.availability)}
${page.related.length > 0 && relatedPages(page)}
${feedbackForm(page, thanked)}
</main>
</div>
</body>
</html>`;
}

function navigation({ path }: DocsPage) {
  const entry = (to: string, title: string) => html`<li><a href="${to}"${to === path ? raw(' aria-current="page"') : ''}>${title}</a></li>`;
  return html`<nav class="contents" aria-label="Documentation">
${[...sections].map(([section, pages]) => html`<p>${section}</p><ul>${pages.map(({ path: to, title }) => entry(to, title))}</ul>`)}
<p>Reference</p><ul>${entry('/docs/refusals', 'Refusals')}${entry('/reference', 'API reference')}</ul>
</nav>`;
}

function availabilityBlock({ from, deployments, plans, roles }: Availability) {
  return html`<section class="availability" aria-labelledby="availability">
<h2 id="availability">Feature availability</h2>
<dl>
<dt>Available from</dt><dd>${from}</dd>
<dt>Deployment modes</dt><dd>${deployments}</dd>
<dt>Plans</dt><dd>${plans}</dd>
<dt>Roles</dt><dd>${roles}</dd>
</dl>
</section>`;
}

function relatedPages({ related }: DocsPage) {
  const pages = related.flatMap((path) => library.get(path) ?? []);
  return html`<section aria-labelledby="related">
<h2 id="related">Related documentation</h2>
<ul>${pages.map(({ path, title, summary }) => html`<li><a href="${path}">${title}</a>: ${summary}</li>`)}</ul>
</section>`;
}

function feedbackForm({ path }: DocsPage, thanked: boolean) {
  if (thanked) {
    return html`<section class="feedback" id="feedback" role="status"><h2>Thank you</h2>
<p>What you said is in the documentation review queue.</p></section>`;
  }
  return html`<section class="feedback" aria-labelledby="feedback">
<h2 id="feedback">Was this page helpful?</h2>
<form method="post" action="/docs/feedback">
<input type="hidden" name="page" value="${path}">
<fieldset><legend>Was this page helpful?</legend>
<label><input type="radio" name="helpful" value="yes" required> Yes</label>
<label><input type="radio" name="helpful" value="no"> No</label>
</fieldset>
<label for="comment">What was missing, or wrong? (optional)</label>
<textarea id="comment" name="comment" rows="3" maxlength="2000"></textarea>
<button type="submit">Send feedback</button>
<p class="quiet">Feedback goes into the documentation review queue. It is kept without your name or address.</p>
</form>
</section>`;
}
