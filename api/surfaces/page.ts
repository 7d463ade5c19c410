import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ReportBrand } from '../../domain/brand.ts';
import { pageMeta } from '../../domain/report-document.ts';
import { type SurfaceStyle, surfaceStyle } from './style.ts';

/** A piece of a page, its text escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page for clients, whole, with the policy it is sent under. */
export interface SurfacePage {
  html: Markup | string;
  contentSecurityPolicy: string;
}

interface PageParts {
  title: string;
  accentColor: string;
  body: Markup;
}

/** One column of paper; no script, no address of anybody else, nothing for search engines. */
export function surfacePage({ title, accentColor, body }: PageParts): SurfacePage {
  const { sheets, contentSecurityPolicy }: SurfaceStyle = surfaceStyle(accentColor);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="${pageMeta.viewport}">
<meta name="robots" content="${pageMeta.robots}">
<title>${title}</title>
${sheets.map((sheet) => html`<style>${raw(sheet)}</style>`)}
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;
  return { html: page, contentSecurityPolicy };
}

/** Whose report it is: the name, beside its logo where there is one. */
export function brandHeader({ reportBrand, logo }: ReportBrand): Markup {
  const picture = logo && html`<img src="${logo.url}" alt="" width="${logo.width}" height="${logo.height}">`;
  return html`<header class="brand">${picture}<span>${reportBrand}</span></header>`;
}

/** The words of whoever sends it, at the foot. */
export function brandFooter({ footer }: ReportBrand): Markup {
  return footer === null ? html`` : html`<footer class="foot">${footer}</footer>`;
}
