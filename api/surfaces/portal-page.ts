import { html } from 'hono/html';
import type { PortalDocument } from '../../domain/portal-document.ts';
import { brandFooter, brandHeader, type SurfacePage, surfacePage } from './page.ts';

/** A client's portal as a page: a list of what is shared, each leading to its report. */
export function portalPage({ brand, pageTitle, heading, count, reports, boundary }: PortalDocument): SurfacePage {
  const body = html`${brandHeader(brand)}
<h1>${heading}</h1>
<p>${count}</p>
<ul class="reports">
${reports.map(({ title, domain, date, path }) => html`<li><a href="${path}">${title}</a><p class="about"><span>${domain}</span> <span>${date}</span></p></li>\n`)}
</ul>
<section class="boundary">
<h2>${boundary.heading}</h2>
${boundary.paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}
</section>
${brandFooter(brand)}`;
  return surfacePage({ title: pageTitle, accentColor: brand.accentColor, body });
}
