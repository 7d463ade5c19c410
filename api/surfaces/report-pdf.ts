import type { ReportDocument } from '../../domain/report-document.ts';
export async function reportPdf(document: ReportDocument, _logo: Buffer | undefined): Promise<Buffer> {
  return Buffer.from(document.title);
}
