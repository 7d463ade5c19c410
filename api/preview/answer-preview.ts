import { readLogo } from '../../db/read/logo.ts';
import { readInTenant } from '../../db/tenant.ts';
import { type BrandDraft, draftOver, inheritBrand, shownBrand } from '../../domain/brand.ts';
import type { ClientId } from '../../domain/ids.ts';
import { composePortal } from '../../domain/portal-document.ts';
import { composeReport, type SharedReport } from '../../domain/report-document.ts';
import { ownBrand } from '../brand/brand-owner.ts';
import { findBrand } from '../brand/find-brand.ts';
import type { AppContext } from '../environment.ts';
import { refused } from '../refused.ts';
import { logoPath } from '../representations/brand.ts';
import { keepPrivate } from '../surfaces/answer-page.ts';
import type { SurfacePage } from '../surfaces/page.ts';
import { portalPage } from '../surfaces/portal-page.ts';
import { printPage, reportPage } from '../surfaces/report-page.ts';

/** The forms in which a client is shown a report. */
export const previewSurfaces = ['portal', 'report', 'print', 'pdf'] as const;
export type PreviewSurface = (typeof previewSurfaces)[number];

export interface Preview {
  surface: PreviewSurface;
  /** Whose brand is shown: the agency's without a client. */
  clientId: ClientId | null;
  report: SharedReport | null;
  /** What is tried out, and set nowhere. */
  draft: BrandDraft;
}

/**
 * Shows the agency what a client would see, made by what makes it for clients. No link is made and nothing is counted. Refuses with `NOT_FOUND` for a client
 * that is not there, with `REPORT_NOT_READY` where there is no report to show.
 */
export async function answerPreview(c: AppContext, { surface, clientId, report, draft }: Preview): Promise<Response> {
  const { agencyId, sight, deps } = c.var;
  const { brand, png } = await readInTenant(deps.db, sight, async (reader) => {
    const effective = await findBrand(reader, { agencyId, clientId });
    const { logo } = effective.brand;
    const drawn = surface === 'pdf' && logo ? await readLogo(reader, agencyId, logo.hash) : undefined;
    const own = draftOver(draft, ownBrand({ agencyId, clientId }, effective));
    const tried = clientId ? inheritBrand(own, effective.agency) : own;
    return { brand: shownBrand(tried, effective.accountName, (hash) => logoPath(agencyId, hash)), png: drawn };
  });
  keepPrivate(c);
  if (surface === 'portal') {
    const beside = `${c.req.path.slice(0, c.req.path.lastIndexOf('/'))}/report${queryOf(c)}`;
    const reports = report ? [{ title: report.title, domain: report.domain, at: report.at, path: beside }] : [];
    return answerFramed(c, portalPage(composePortal(reports, brand)));
  }
  if (!report) throw refused('REPORT_NOT_READY', { detail: 'The project has no report yet, so there is nothing to preview.' });
  const document = composeReport(report, brand);
  if (surface === 'report') return answerFramed(c, reportPage(document, null));
  if (surface === 'print') return answerFramed(c, printPage(document));
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'self'");
  return c.body(await deps.pdfs.print(document, png), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'inline; filename="preview.pdf"',
  });
}

/** Under the policy of the surface itself, but that the app may show it in a frame. */
function answerFramed(c: AppContext, { html, contentSecurityPolicy }: SurfacePage): Response | Promise<Response> {
  c.header('Content-Security-Policy', contentSecurityPolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
  return c.html(html);
}

/** What is tried out goes along from the portal to its report. */
function queryOf(c: AppContext): string {
  return new URL(c.req.url).search;
}
