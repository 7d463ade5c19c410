import { readClientPortal } from '../../db/read/client-portal.ts';
import { readEffectiveBrand } from '../../db/read/effective-brand.ts';
import { readSharedReport } from '../../db/read/shared-report.ts';
import { readShownLogo } from '../../db/read/shown-logo.ts';
import { readInTenant, type TenantReader } from '../../db/tenant.ts';
import { hashToken } from '../../db/token-hash.ts';
import { type ReportBrand, shownBrand } from '../../domain/brand.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { composePortal, type PortalDocument } from '../../domain/portal-document.ts';
import { composeReport, type ReportDocument } from '../../domain/report-document.ts';
import { portalPath, reportPath } from '../../domain/surface-path.ts';
import type { Deps } from '../environment.ts';
import { refused } from '../refused.ts';
import type { ViewedSharing } from './view-counter.ts';

type Parts = Pick<Deps, 'db' | 'secrets'>;

/** As tokens are made; nothing else is looked up. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

interface Opened {
  agencyId: AgencyId;
  clientId: ClientId;
}

export interface OpenedReportLink {
  agencyId: AgencyId;
  document: ReportDocument;
  expiresAt: Date | null;
  /** Whose views are counted; null while nobody was given the link. */
  viewed: ViewedSharing | null;
  /** PNG. */
  logo(): Promise<Buffer | undefined>;
}

/** What a report's link opens. Refuses with `NOT_FOUND` where it never was one, with `SHARE_EXPIRED` where it opens nothing any more. */
export async function openReportLink(deps: Parts, token: string): Promise<OpenedReportLink> {
  return withToken(deps, token, async (reader, tokenHash) => {
    const opened = found(await readSharedReport(reader, tokenHash));
    const { agencyId, projectId, clientId } = opened;
    const { brand, logoHash } = await readBrand(reader, opened, () => reportPath(token, 'logo'));
    return {
      agencyId,
      document: composeReport(opened.report, brand),
      expiresAt: opened.expiresAt,
      viewed: opened.checking ? null : { agencyId, projectId, clientId },
      logo: async () => (logoHash ? readInTenant(deps.db, { presentedTokenHash: tokenHash }, (again) => readShownLogo(again, logoHash)) : undefined),
    };
  });
}

/** What a portal's link opens: everything that is shared with the client. Refuses as `openReportLink` does. */
export async function openPortalLink(deps: Parts, token: string): Promise<PortalDocument> {
  return withToken(deps, token, async (reader, tokenHash) => {
    const opened = found(await readClientPortal(reader, tokenHash));
    const { brand } = await readBrand(reader, opened, () => portalPath(token, 'logo'));
    const reports = opened.reports.map(({ sealedToken, ...report }) => ({ ...report, path: reportPath(deps.secrets.open(sealedToken)) }));
    return composePortal(reports, brand);
  });
}

/** The logo that the surfaces of a link show. Refuses as they do. */
export async function openLogo(deps: Parts, token: string, kind: 'report' | 'portal'): Promise<Buffer> {
  return withToken(deps, token, async (reader, tokenHash) => {
    const opened = found(kind === 'report' ? await readSharedReport(reader, tokenHash) : await readClientPortal(reader, tokenHash));
    const { logoHash } = await readBrand(reader, opened, (hash) => hash);
    const png = logoHash && (await readShownLogo(reader, logoHash));
    if (!png) throw refused('NOT_FOUND');
    return png;
  });
}

async function withToken<T>({ db }: Parts, token: string, work: (reader: TenantReader, tokenHash: Buffer) => Promise<T>): Promise<T> {
  if (!tokenPattern.test(token)) throw refused('NOT_FOUND');
  const presentedTokenHash = hashToken(token);
  return readInTenant(db, { presentedTokenHash }, (reader) => work(reader, presentedTokenHash));
}

function found<T>(opened: T | 'ended' | undefined): T {
  if (opened === undefined) throw refused('NOT_FOUND');
  if (opened === 'ended') throw refused('SHARE_EXPIRED');
  return opened;
}

async function readBrand(
  reader: TenantReader,
  { agencyId, clientId }: Opened,
  logoUrl: (hash: string) => string,
): Promise<{ brand: ReportBrand; logoHash: Buffer | null }> {
  const effective = await readEffectiveBrand(reader, agencyId, clientId);
  // The account was taken away between two statements.
  if (!effective) throw refused('SHARE_EXPIRED');
  const { logo } = effective.brand;
  return { brand: shownBrand(effective.brand, effective.accountName, logoUrl), logoHash: logo && Buffer.from(logo.hash, 'hex') };
}
