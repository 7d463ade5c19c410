import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Latin, Greek and Cyrillic; what a font has no shape for is printed as an empty box. */
export interface PdfFonts {
  regular: Buffer;
  bold: Buffer;
}

const require = createRequire(import.meta.url);
const read = (file: string) => readFile(require.resolve(`@expo-google-fonts/noto-serif/${file}`));

let fonts: Promise<PdfFonts> | undefined;

/** The fonts of every report, read from the package that brings them when the first one is asked for. */
export function pdfFonts(): Promise<PdfFonts> {
  fonts ??= Promise.all([read('400Regular/NotoSerif_400Regular.ttf'), read('700Bold/NotoSerif_700Bold.ttf')]).then(([regular, bold]) => ({ regular, bold }));
  return fonts;
}
