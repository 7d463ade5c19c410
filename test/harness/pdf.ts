import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as a reader and a reading machine see it. */
export interface ReadPdf {
  pages: string[];
  title: string | undefined;
  language: string | null;
  tagged: boolean;
  /** The kinds of its structure's elements, in reading order. */
  structure: string[];
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/');

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), standardFontDataUrl: fonts, verbosity: VerbosityLevel.ERRORS }).promise;
  const [{ info }, marks] = await Promise.all([document.getMetadata(), document.getMarkInfo()]);
  const pages: string[] = [];
  const structure: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join(''));
    structure.push(...rolesOf(await page.getStructTree()));
  }
  const { Title: title, Language: language } = info as { Title?: string; Language?: string | null };
  await document.destroy();
  return { pages, title, language: language ?? null, tagged: marks?.['Marked'] === true, structure };
}

function rolesOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { role, children } = node as { role?: string; children?: unknown[] };
  return [...(role ? [role] : []), ...(children ?? []).flatMap(rolesOf)];
}
