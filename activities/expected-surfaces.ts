import { sql } from 'kysely';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { composePortal, howManyReports } from '../domain/portal-document.ts';
import { composeReport, pageMeta, type SharedReport, surfaceLabels, textsOf } from '../domain/report-document.ts';
import { portalPath, reportPath } from '../domain/surface-path.ts';
import type { ActivityDeps } from './index.ts';
import { type ReportDress, readDress } from './report-dress.ts';
import type { SharingKey } from './share-link.ts';

/** A page as it should be: what it has to show, and all that it may. */
export interface ExpectedPage {
  kind: 'page';
  /** As faults call it. */
  name: string;
  path: string;
  shows: { title: string; domain: string; brand: string };
  mayShow: string[];
  leadsTo: string[];
  mayLeadTo: string[];
}

/** A file as it should be, byte for byte. */
export interface ExpectedFile {
  kind: 'file';
  name: string;
  path: string;
  type: string;
  bytes: () => Promise<Uint8Array>;
}

export type ExpectedSurface = ExpectedPage | ExpectedFile;

export interface ExpectedSurfaces {
  clientId: ClientId;
  surfaces: ExpectedSurface[];
}

/**
 * Everything that the links of a request lead to, as report and brand make it; undefined where the links were retired or have come to their end.
 * Read in one transaction, behind the wall of the agency, from nothing but what a client may see.
 */
export async function expectedSurfaces(deps: ActivityDeps, key: SharingKey & { requestId: string }): Promise<ExpectedSurfaces | undefined> {
  return inTenant(deps.db, key.agencyId, async (tx) => {
    const row = await tx
      .selectFrom('sharings as sharing')
      .innerJoin('verified_reports as report', (join) =>
        join.onRef('report.agency_id', '=', 'sharing.agency_id').onRef('report.project_id', '=', 'sharing.project_id'),
      )
      .where('sharing.agency_id', '=', key.agencyId)
      .where('sharing.project_id', '=', key.projectId)
      .where('sharing.request_id', '=', key.requestId)
      // By the clock that closes their page.
      .where((is) => is.or([is('sharing.expires_at', 'is', null), is('sharing.expires_at', '>', sql<Date>`now()`)]))
      .select(['sharing.client_id', 'sharing.sealed_token', 'sharing.sealed_portal_token'])
      .select(['report.title', 'report.domain', 'report.risk_score', 'report.pages_scanned', 'report.findings', 'report.at'])
      .executeTakeFirst();
    if (!row?.sealed_token || !row.sealed_portal_token) return undefined;
    const { client_id: clientId, title, domain, findings, at } = row;
    const [token, portalToken] = [deps.secrets.open(row.sealed_token), deps.secrets.open(row.sealed_portal_token)];
    const [dress, portal] = await Promise.all([readDress(reading(tx), key.agencyId, clientId), sharedWith(tx, deps, { ...key, clientId })]);
    if (!dress) throw new Error(`agency ${key.agencyId} has no account`);
    const report: SharedReport = { title, domain, riskScore: row.risk_score, pagesScanned: row.pages_scanned, findings, at };
    return {
      clientId,
      surfaces: [...ofReport(deps, { ...dress, report, token }), ...ofPortal({ ...dress, portal, report, token, portalToken })],
    };
  });
}

type Portal = Awaited<ReturnType<typeof sharedWith>>;

/** What is shared with the client, and what may be by the time its portal is looked at: whatever has links. */
async function sharedWith(tx: TenantTransaction, { secrets }: ActivityDeps, { agencyId, clientId }: { agencyId: AgencyId; clientId: ClientId }) {
  const rows = await tx
    .selectFrom('sharings as sharing')
    .innerJoin('verified_reports as report', (join) =>
      join.onRef('report.agency_id', '=', 'sharing.agency_id').onRef('report.project_id', '=', 'sharing.project_id'),
    )
    .where('sharing.agency_id', '=', agencyId)
    .where('sharing.client_id', '=', clientId)
    .where('sharing.sealed_token', 'is not', null)
    .select(['report.title', 'report.domain', 'report.at', 'sharing.sealed_token'])
    .execute();
  return rows.flatMap(({ title, domain, at, sealed_token: sealed }) => (sealed ? [{ title, domain, at, path: reportPath(secrets.open(sealed)) }] : []));
}

interface ReportParts extends ReportDress {
  report: SharedReport;
  token: string;
}

function ofReport({ pdfs }: ActivityDeps, { report, brand, token, logoPng }: ReportParts): ExpectedSurface[] {
  const document = composeReport(report, brand);
  const shows = { title: report.title, domain: report.domain, brand: brand.reportBrand };
  const [print, pdf, logo] = [reportPath(token, 'print'), reportPath(token, 'report.pdf'), logoPng ? [reportPath(token, 'logo')] : []];
  const page = { kind: 'page' as const, shows, mayShow: [...textsOf(document), ...textsOf(pageMeta)] };
  return [
    {
      ...page,
      name: 'the page',
      path: reportPath(token),
      mayShow: [...page.mayShow, ...textsOf(surfaceLabels)],
      leadsTo: [print, pdf, ...logo],
      mayLeadTo: [],
    },
    { ...page, name: 'the page for printing', path: print, leadsTo: logo, mayLeadTo: [] },
    { kind: 'file', name: 'the PDF', path: pdf, type: 'application/pdf', bytes: () => pdfs.print(document, logoPng) },
    ...ofLogo('its logo', logo, logoPng),
  ];
}

function ofPortal({ portal, report, brand, token, portalToken, logoPng }: ReportParts & { portal: Portal; portalToken: string }): ExpectedSurface[] {
  const logo = logoPng ? [portalPath(portalToken, 'logo')] : [];
  return [
    {
      kind: 'page',
      name: 'the portal',
      path: portalPath(portalToken),
      shows: { title: report.title, domain: report.domain, brand: brand.reportBrand },
      mayShow: [...textsOf(composePortal(portal, brand)), ...portal.map((_, index) => howManyReports(index + 1)), ...textsOf(pageMeta)],
      leadsTo: [reportPath(token), ...logo],
      mayLeadTo: portal.map((shared) => shared.path),
    },
    ...ofLogo('the logo of the portal', logo, logoPng),
  ];
}

function ofLogo(name: string, paths: string[], png: Buffer | undefined): ExpectedFile[] {
  return png ? paths.map((path) => ({ kind: 'file', name, path, type: 'image/png', bytes: async () => png })) : [];
}
