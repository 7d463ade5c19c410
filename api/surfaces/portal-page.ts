import { html } from 'hono/html';
import { legalBoundary, longDate } from '../../domain/report-document.ts';
import { brandFooter, brandHeader, type SurfacePage, surfacePage } from './page.ts';
import type { ClientPortal } from './portal.ts';

/** A client's portal as a page: a list of what is shared, each leading to its report. */
export function portalPage({ brand, reports }: ClientPortal): SurfacePage {
  const count = `${reports.length === 1 ? 'One report is' : `${reports.length} reports are`} shared with you.`;
  const body = html`${brandHeader(brand)}
<h1>Your reports</h1>
<p>${count}</p>
<ul class="reports">
${reports.map(({ title, domain, at, path }) => html`<li><a href="${path}">${title}</a><p class="about"><span>${domain}</span> <span>${longDate(at)}</span></p></li>\n`)}
</ul>
<section class="boundary">
<h2>What these reports are</h2>
${legalBoundary.map((paragraph) => html`<p>${paragraph}</p>\n`)}
</section>
${brandFooter(brand)}`;
  return surfacePage({ title: `Your reports, ${brand.reportBrand}`, accentColor: brand.accentColor, body });
}
