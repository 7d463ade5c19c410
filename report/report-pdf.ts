import type { FindingSeverity } from '../domain/report.ts';
import type { DocumentFinding, ReportDocument } from '../domain/report-document.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { createPdfWriter, type PdfWriter, type TextStyle } from './pdf-writer.ts';

const quiet = '#57606a';
/** As on the page. */
const severityColors: Record<FindingSeverity, string> = { critical: '#8c1d18', high: '#96410a', medium: '#725200', low: '#2c5a86', info: '#4d5560' };
const logoHeight = 34;
/** In points, less than half of a page: what is higher is broken. */
const mostKept = 320;

const groupStyle: TextStyle = { bold: true, size: 12.5, before: 12, after: 2 };
const severityStyle: TextStyle = { bold: true, size: 9, before: 10, after: 0 };
const titleStyle: TextStyle = { bold: true, size: 11.5, after: 4 };
const labelStyle: TextStyle = { size: 9, color: quiet, before: 4, after: 0 };
/** Beside its label. */
const factStyle: TextStyle = { size: 9.5, indent: 52, after: 1 };
const evidenceStyle: TextStyle = { size: 9.5, indent: 8, before: 7, after: 9 };
const recommendationStyle: TextStyle = { after: 10 };
const listHeading: TextStyle = { bold: true, size: 11.5, before: 6 };
const listItem: TextStyle = { indent: 18, after: 3 };

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
    const [worst] = findings.groups;
    if (worst) writer.keepTogether(heightOfAll(writer, [[findings.heading, heading]]) + heightOfBeginning(writer, worst));
    writer.text('H2', findings.heading, heading);
    if (findings.none !== null) writer.text('P', findings.none);
    for (const group of findings.groups) {
      writer.keepTogether(heightOfBeginning(writer, group));
      writer.text('H3', group.heading, { ...groupStyle, color: severityColors[group.severity] });
      for (const finding of group.findings) writer.part('Sect', () => writeFinding(writer, finding));
    }
  });
  writer.part('Sect', () => {
    const lists = [scope.looked, scope.notLooked];
    const items = lists.flatMap((list) => [[list.heading, listHeading] as const, ...list.items.map((item) => [item, listItem] as const)]);
    writer.keepTogether(heightOfAll(writer, [[scope.heading, heading], ...items]));
    writer.text('H2', scope.heading, heading);
    for (const list of lists) {
      writer.text('H3', list.heading, listHeading);
      writeList(writer, list.items, () => '•');
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

/** What a finding is made of, in its order. */
function piecesOf({ severityWord, title, facts, evidence, recommendation }: DocumentFinding): (readonly [string, TextStyle])[] {
  return [
    [severityWord, severityStyle],
    [title, titleStyle],
    ...facts.map(({ text }) => [text, factStyle] as const),
    [evidence.label, labelStyle],
    [evidence.text, evidenceStyle],
    [recommendation.label, labelStyle],
    [recommendation.text, recommendationStyle],
  ];
}

/** What is to stay on one page: the whole finding, or of a long one so much that it is seen what it is about. */
function heightOfKept(writer: PdfWriter, finding: DocumentFinding): number {
  const pieces = piecesOf(finding);
  const whole = heightOfAll(writer, pieces);
  return whole <= mostKept ? whole : heightOfAll(writer, pieces.slice(0, -3)) + 60;
}

/** A group's heading is not left behind by its first finding. */
function heightOfBeginning(writer: PdfWriter, { heading, findings }: ReportDocument['findings']['groups'][number]): number {
  const [first] = findings;
  return heightOfAll(writer, [[heading, groupStyle]]) + (first ? heightOfKept(writer, first) : 0);
}

function heightOfAll(writer: PdfWriter, pieces: readonly (readonly [string, TextStyle])[]): number {
  return pieces.reduce((sum, [text, style]) => sum + (style.before ?? 0) + writer.heightOf(text, style) + (style.after ?? 4), 0);
}

function writeFinding(writer: PdfWriter, finding: DocumentFinding): void {
  const { severity, severityWord, title, facts, evidence, recommendation } = finding;
  writer.keepTogether(heightOfKept(writer, finding));
  writer.text('P', severityWord, { ...severityStyle, color: severityColors[severity] });
  writer.text('H4', title, titleStyle);
  for (const { label, text } of facts) {
    writer.keepTogether(writer.heightOf(text, factStyle));
    const top = writer.doc.y;
    writer.text('P', label, { ...factStyle, color: quiet, indent: 0 });
    writer.doc.y = top;
    writer.text('P', text, factStyle);
  }
  writeEvidence(writer, evidence);
  writer.keepTogether(
    Math.min(
      heightOfAll(writer, [
        [recommendation.label, labelStyle],
        [recommendation.text, recommendationStyle],
      ]),
      60,
    ),
  );
  writer.text('P', recommendation.label, labelStyle);
  writer.text('P', recommendation.text, recommendationStyle);
}

/** On a tint of its own while it fits on a page; a longer one simply runs on. */
function writeEvidence(writer: PdfWriter, { label, text }: DocumentFinding['evidence']): void {
  const { doc, width } = writer;
  const height = writer.heightOf(text, evidenceStyle) + 10;
  const tinted = height < mostKept;
  writer.keepTogether((tinted ? height : 40) + 24);
  writer.text('P', label, labelStyle);
  if (tinted) {
    const top = doc.y + 2;
    writer.decorate(() => doc.roundedRect(doc.page.margins.left, top, width, height, 3).fill('#f6f3ed'));
    doc.y = top - 2;
  }
  writer.text('P', text, evidenceStyle);
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
        writer.text('LBody', item, listItem);
      });
    });
  });
}
