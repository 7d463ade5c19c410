import type { ReportRecord } from '../db/read/reports-of-client.ts';
import { reportBadge } from '../domain/report.ts';
import { composeReport } from '../domain/report-document.ts';
import { type PdfPress, PressBusy } from '../report/pdf-press.ts';
import { type LeftOutPdf, type PackedPdfs, packedReportPath } from './export-pack-files.ts';
import type { ReportDress } from './report-dress.ts';

/** Well within the time that the workflow gives the step, which would begin anew. */
const drawingMs = 3 * 60_000;
/** What a file costs in a zip beside its own bytes, at most: two headers with its path, and its line where it is left out. */
const bytesBeside = 512;

export interface PackRoom {
  /** For all PDFs together, as they are zipped. */
  maxBytes: number;
  /** Stops between two reports. */
  signal: AbortSignal;
}

/**
 * The reports of a client as their links would show them: those that passed every gate. What does not fit is left out, and what cannot be drawn as well: it
 * never will be. Throws `PressBusy`, which passes.
 */
export async function packPdfs(pdfs: PdfPress, reports: readonly ReportRecord[], dress: ReportDress, { maxBytes, signal }: PackRoom): Promise<PackedPdfs> {
  const until = performance.now() + drawingMs;
  const packed: PackedPdfs = { files: {}, leftOut: [] };
  let room = maxBytes;
  for (const report of reports.filter(mayGoOut)) {
    signal.throwIfAborted();
    room -= bytesBeside;
    const drawn = performance.now() > until ? leftOut(report, 'it took too long') : await draw(pdfs, report, dress);
    if ('why' in drawn) packed.leftOut.push(drawn);
    else if (drawn.pdf.length > room) packed.leftOut.push(leftOut(report, 'the pack would be too large'));
    else {
      room -= drawn.pdf.length;
      packed.files[packedReportPath(report, 'pdf')] = drawn.pdf;
    }
  }
  return packed;
}

async function draw(pdfs: PdfPress, report: ReportRecord, { brand, logoPng }: ReportDress): Promise<{ pdf: Uint8Array } | LeftOutPdf> {
  try {
    return { pdf: await pdfs.print(composeReport(report, brand), logoPng) };
  } catch (error) {
    if (error instanceof PressBusy) throw error;
    return { ...leftOut(report, 'it could not be drawn'), error };
  }
}

function leftOut(report: ReportRecord, why: LeftOutPdf['why']): LeftOutPdf {
  return { report, why };
}

function mayGoOut(report: ReportRecord): boolean {
  return reportBadge(report, false).value === 'ready_for_publish';
}
