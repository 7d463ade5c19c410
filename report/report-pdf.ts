import type { FindingSeverity } from '../domain/report.ts';
import type { DocumentFinding, ReportDocument } from '../domain/report-document.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { createPdfWriter, type PdfWriter, type TextStyle } from './pdf-writer.ts';

const quiet = '#57606a';
/** As on the page. */
const severityColors: Record<FindingSeverity, string> = { critical: '#8c1d18', high: '#96410a', medium: '#725200', low: '#2c5a86', info: '#4d5560' };
const logoHeight = 34;

/** A shared report as PDF: what the page says, tagged, with page numbers. `logo` is a PNG. The same bytes whoever draws it, and whenever. */
export async function reportPdf(document: ReportDocument, logo: Uint8Array | undefined): Promise<Buffer> {
  const { brand, title, domain, date, summary, counts, findings, scope, boundary } = document;
  const writer = createPdfWriter({ title: document.pageTitle, author: brand.reportBrand, madeAt: document.madeAt }, await pdfFonts());
  const heading: TextStyle = { bold: true, size: 15, color: brand.accentColor, before: 20, after: 6 };

  writeBrand(writer, document, logo);
  writer.text('H1', title, { bold: true, size: 25, before: 18, after: 4 });
  writer.text('P', `${domain}, ${date}`, { color: quiet, after: 14 });
  writeScore(writer, document);
  writer.part('Sect', () => {
    writer.text('H2', summary.heading, heading);
    writer.text('P', summary.text, { after: 6 });
    if (counts.length > 0) writer.text('P', counts.map(({ count, word }) => `${count} ${word}`).join('   '), { bold: true, after: 8 });
    if (summary.first) {
      writer.text('P', summary.first.label, { color: quiet });
      writeList(writer, summary.first.titles, (index) => `${index + 1}.`);
    }
  });
  writer.part('Sect', () => {
    writer.text('H2', findings.heading, heading);
    if (findings.none !== null) writer.text('P', findings.none);
    for (const group of findings.groups) {
      writer.keepTogether(120);
      writer.text('H3', group.heading, { bold: true, size: 12.5, color: severityColors[group.severity], before: 10, after: 4 });
      for (const finding of group.findings) writer.part('Sect', () => writeFinding(writer, finding));
    }
  });
  writer.part('Sect', () => {
    writer.keepTogether(160);
    writer.text('H2', scope.heading, heading);
    for (const { heading: of, items } of [scope.looked, scope.notLooked]) {
      writer.text('H3', of, { bold: true, size: 11.5, before: 6 });
      writeList(writer, items, () => '•');
    }
  });
  writer.part('Sect', () => {
    writer.keepTogether(130);
    writer.text('H2', boundary.heading, heading);
    for (const paragraph of boundary.paragraphs) writer.text('P', paragraph, { after: 6 });
    if (brand.footer !== null) writer.text('P', brand.footer, { color: quiet, before: 12 });
  });
  return writer.finish(`${brand.reportBrand}, ${domain}`);
}

function writeBrand(writer: PdfWriter, { brand }: ReportDocument, logo: Uint8Array | undefined): void {
  const { doc, width } = writer;
  const top = doc.y;
  const fit: [number, number] = [130, logoHeight];
  const indent = logo && brand.logo ? Math.min(fit[0], (brand.logo.width / brand.logo.height) * logoHeight) + 12 : 0;
  if (logo && indent > 0) writer.decorate(() => doc.image(Buffer.from(logo), doc.page.margins.left, top, { fit }));
  const style = { bold: true, size: 13, color: brand.accentColor, indent };
  doc.y = indent > 0 ? top + Math.max(0, (logoHeight - writer.heightOf(brand.reportBrand, style)) / 2) : top;
  writer.text('P', brand.reportBrand, style);
  doc.y = Math.max(doc.y, indent > 0 ? top + logoHeight + 6 : doc.y + 2);
  writer.decorate(() => {
    const { left } = doc.page.margins;
    doc
      .moveTo(left, doc.y)
      .lineTo(left + width, doc.y)
      .lineWidth(1.5)
      .stroke(brand.accentColor);
  });
}

function writeScore(writer: PdfWriter, { score, brand }: ReportDocument): void {
  const { doc } = writer;
  const top = doc.y;
  writer.text('P', score.label, { color: quiet, size: 9.5, indent: 14, after: 0 });
  writer.text('P', `${score.value} ${score.outOf}, ${score.band}`, { bold: true, size: 17, indent: 14, after: 0 });
  writer.decorate(() => doc.rect(doc.page.margins.left, top, 3, doc.y - top).fill(brand.accentColor));
}

function writeFinding(writer: PdfWriter, { severity, severityWord, title, facts, evidence, recommendation }: DocumentFinding): void {
  const titled = { bold: true, size: 11.5, before: 8, after: 2 };
  writer.keepTogether(writer.heightOf(title, titled) + 90);
  writer.text('P', severityWord, { bold: true, size: 9, color: severityColors[severity], before: 8, after: 0 });
  writer.text('H4', title, { ...titled, before: 0 });
  const label: TextStyle = { size: 9, color: quiet, before: 2, after: 0 };
  for (const fact of facts) {
    writer.text('P', fact.label, label);
    writer.text('P', fact.text, { after: 2 });
  }
  writeEvidence(writer, evidence, label);
  writer.text('P', recommendation.label, label);
  writer.text('P', recommendation.text, { after: 8 });
}

/** On a tint of its own while it fits on a page; a longer one simply runs on. */
function writeEvidence(writer: PdfWriter, { label, text }: DocumentFinding['evidence'], labelStyle: TextStyle): void {
  const { doc, width } = writer;
  const style = { size: 9.5, indent: 8 };
  const height = writer.heightOf(text, style) + 10;
  writer.keepTogether(Math.min(height, 300) + 24);
  writer.text('P', label, labelStyle);
  if (height < 300) {
    const top = doc.y + 2;
    writer.decorate(() => doc.roundedRect(doc.page.margins.left, top, width, height, 3).fill('#f6f3ed'));
    doc.y = top;
    writer.text('P', text, { ...style, before: 5, after: 9 });
    return;
  }
  writer.text('P', text, { ...style, before: 2, after: 6 });
}

function writeList(writer: PdfWriter, items: readonly string[], label: (index: number) => string): void {
  writer.part('L', () => {
    items.forEach((item, index) => {
      writer.part('LI', () => {
        const { doc } = writer;
        writer.keepTogether(30);
        const top = doc.y;
        writer.text('Lbl', label(index), { after: 0 });
        doc.y = top;
        writer.text('LBody', item, { indent: 18, after: 3 });
      });
    });
  });
}
