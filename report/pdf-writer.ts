import PDFDocument from 'pdfkit';
import type { PdfFonts } from './pdf-fonts.ts';

const margins = { top: 64, bottom: 72, left: 68, right: 68 };
const ink = '#1f2328';
/** Characters, in the smallest size. */
const moreThanAPage = 8_000;

/** Characters, more than a line of the smallest size holds. */
const moreThanALine = 400;

/** The library's types do not know that the library knows it. */
const pdfUa = 'PDF/UA' as string as PDFKit.Mixins.PDFSubsets;

type Structure = ReturnType<PDFKit.PDFDocument['struct']>;

export interface TextStyle {
  bold?: boolean;
  size?: number;
  color?: string;
  /** In points. */
  before?: number;
  after?: number;
  indent?: number;
}

export interface PdfMeta {
  title: string;
  author: string;
  /** When the file says it was made. */
  madeAt: Date;
}

/**
 * A tagged document on A4 that is written from top to bottom: every text has its place in the structure that is read aloud, everything else is marked
 * as decoration.
 */
export function createPdfWriter({ title, author, madeAt }: PdfMeta, fonts: PdfFonts) {
  const doc = new PDFDocument({
    size: 'A4',
    margins,
    bufferPages: true,
    pdfVersion: '1.7',
    // What it claims is held by a test: a title, a language, embedded fonts, structure.
    subset: pdfUa,
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Author: author, Creator: 'Foyer', Producer: 'Foyer', CreationDate: madeAt },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const width = doc.page.width - margins.left - margins.right;
  const root = doc.struct('Document', { title });
  doc.addStructure(root);
  const open: Structure[] = [root];
  const parent = (): Structure => open.at(-1) ?? root;

  // What is longer than a line the library measures anew for every line that it takes, to guess where to break it: a guess costs no more than its letters.
  const measure = doc.widthOfString.bind(doc);
  const letterWidths = new Map<string, number>();
  doc.widthOfString = (text, options) => (text.length > moreThanALine ? widthOfLetters(text, options) : measure(text, options));

  function widthOfLetters(text: string, options?: PDFKit.Mixins.TextOptions): number {
    let sum = 0;
    for (const letter of text) {
      const known = letterWidths.get(letter) ?? measure(letter, options);
      letterWidths.set(letter, known);
      sum += known;
    }
    return sum;
  }

  function style({ bold = false, size = 10.5, color = ink }: TextStyle) {
    letterWidths.clear();
    return doc
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(color);
  }

  /** Begins a new page where less than `height` is left on this one. */
  function keepTogether(height: number): void {
    if (doc.y > margins.top && doc.y + height > doc.page.height - margins.bottom) doc.addPage();
  }

  return {
    doc,
    width,
    keepTogether,

    /** Everything that `write` writes belongs to one part of the document. */
    part(type: 'Sect' | 'L' | 'LI' | 'LBody' | 'Div', write: () => void): void {
      const part = doc.struct(type);
      parent().add(part);
      open.push(part);
      write();
      open.pop();
      part.end();
    },

    text(type: 'P' | 'H1' | 'H2' | 'H3' | 'H4' | 'Lbl' | 'LBody', text: string, textStyle: TextStyle = {}): void {
      const { before = 0, after = 4, indent = 0 } = textStyle;
      doc.y += before;
      const element = doc.struct(type, {}, () => {
        style(textStyle).text(text, margins.left + indent, doc.y, { width: width - indent, lineGap: 2.5 });
      });
      parent().add(element);
      element.end();
      doc.y += after;
    },

    /** How high the text would stand; of one that no page holds, how high its beginning would, for to measure takes as long as to write. */
    heightOf(text: string, textStyle: TextStyle = {}): number {
      return style(textStyle).heightOfString(text.slice(0, moreThanAPage), { width: width - (textStyle.indent ?? 0), lineGap: 2.5 });
    },

    /** Drawn behind or beside the text; not read aloud. */
    decorate(draw: (doc: PDFKit.PDFDocument) => void): void {
      doc.markContent('Artifact', { type: 'Layout' });
      draw(doc);
      doc.endMarkedContent();
    },

    /** Numbers the pages, with `foot` beside, and closes the document. */
    async finish(foot: string): Promise<Buffer> {
      root.end();
      const { count } = doc.bufferedPageRange();
      for (let index = 0; index < count; index++) {
        doc.switchToPage(index);
        // Below the margin, where text would begin a new page by itself.
        doc.page.margins = { ...margins, bottom: 0 };
        const y = doc.page.height - margins.bottom + 26;
        doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
        style({ size: 8.5, color: '#57606a' });
        doc.text(foot, margins.left, y, { width: width - 90, height: 12, ellipsis: true, lineBreak: false });
        doc.text(`${index + 1} / ${count}`, margins.left + width - 80, y, { width: 80, align: 'right', lineBreak: false });
        doc.endMarkedContent();
      }
      const ended = new Promise<void>((resolve) => doc.once('end', resolve));
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

export type PdfWriter = ReturnType<typeof createPdfWriter>;
