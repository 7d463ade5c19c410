import { Piscina } from 'piscina';
import type { PrintOrder } from './pdf-press.ts';
import { reportPdf } from './report-pdf.ts';

/** What a thread of the press does: draws one report, and hands its bytes over without copying them. */
export default async function print({ document, logo, taken }: PrintOrder) {
  Atomics.store(taken, 0, 1);
  return Piscina.move(Uint8Array.from(await reportPdf(document, logo)));
}
