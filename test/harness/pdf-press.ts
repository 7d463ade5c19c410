import { createPdfPress } from '../../report/pdf-press.ts';

/** One for all that a process tests: its threads begin with the first report, and keep nobody from ending. */
export const pdfPress = createPdfPress();
