import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

type Font = ReturnType<typeof create>;

/** Latin, Greek and Cyrillic; what a font has no shape for is printed as an empty box. */
export interface PdfFonts {
  regular: Font;
  bold: Font;
}

const require = createRequire(import.meta.url);
const read = async (file: string) => create(await readFile(require.resolve(`@expo-google-fonts/noto-serif/${file}`)));

let fonts: Promise<PdfFonts> | undefined;

/**
 * The fonts of every report, read from the package that brings them when the first one is asked for. What they say of shapes and kerning is read
 * once a thread: for each report anew, it took five times as long as to draw the report.
 */
export function pdfFonts(): Promise<PdfFonts> {
  fonts ??= Promise.all([read('400Regular/NotoSerif_400Regular.ttf'), read('700Bold/NotoSerif_700Bold.ttf')]).then(([regular, bold]) => ({ regular, bold }));
  return fonts;
}
