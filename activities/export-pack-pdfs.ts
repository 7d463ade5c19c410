import { readEffectiveBrand } from '../db/read/effective-brand.ts';
import { readLogo } from '../db/read/logo.ts';
import type { ReportRecord } from '../db/read/reports-of-client.ts';
import type { TenantReader } from '../db/tenant.ts';
import { type ReportBrand, shownBrand } from '../domain/brand.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { reportBadge } from '../domain/report.ts';
import { composeReport } from '../domain/report-document.ts';
import type { PdfPress } from '../report/pdf-press.ts';
import { reportPath } from './export-pack-files.ts';
import type { Files } from './zip-files.ts';

/** To draw takes time: well within that of a step. */
const most = { findings: 300, drawingMs: 4_000 };

/** What a client's reports are dressed in. */
export interface ReportDress {
  brand: ReportBrand;
  logoPng: Buffer | undefined;
}

/** The brand that the client's reports carry; undefined where the account is not there. */
export async function readDress(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<ReportDress | undefined> {
  const effective = await readEffectiveBrand(reader, agencyId, clientId);
  if (!effective) return undefined;
  const { logo } = effective.brand;
  const logoPng = logo ? await readLogo(reader, agencyId, logo.hash) : undefined;
  // A PDF holds its logo: the address is not written.
  return { brand: shownBrand(effective.brand, effective.accountName, (hash) => hash), logoPng };
}

/**
 * The reports of a client as their links would show them, by their paths in the pack: those that passed every gate.
 * `too_large` when they are more than `maxBytes` together, or more than a step can draw.
 */
export async function packPdfs(
  pdfs: PdfPress,
  reports: readonly ReportRecord[],
  { brand, logoPng }: ReportDress,
  maxBytes: number,
): Promise<Files | 'too_large'> {
  const drawn = reports.filter(mayGoOut);
  if (drawn.reduce((sum, { findings }) => sum + findings.length, 0) > most.findings) return 'too_large';
  const files: Files = {};
  const until = performance.now() + most.drawingMs;
  let bytes = 0;
  for (const report of drawn) {
    if (performance.now() > until) return 'too_large';
    const pdf = await pdfs.print(composeReport(report, brand), logoPng);
    bytes += pdf.length;
    if (bytes > maxBytes) return 'too_large';
    files[reportPath(report, 'pdf')] = pdf;
  }
  return files;
}

function mayGoOut(report: ReportRecord): boolean {
  return reportBadge(report, false).value === 'ready_for_publish';
}
