import { CsvError, parse } from 'csv-parse/sync';
import { fieldOfHeading, type ImportCells, type ImportField } from '../../domain/import-row.ts';
import { importLimits } from '../../domain/import-state.ts';
import { refused } from '../refused.ts';

/** A line of a file: its text by field, or what is wrong with its shape. */
export type CellsOfLine = { line: number; cells: ImportCells; problem?: string };

export interface CsvFile {
  lines: CellsOfLine[];
  /** Headings of columns that are not imported. */
  ignoredColumns: string[];
}

const delimiters = [',', ';', '\t'] as const;

/**
 * Reads a file with a line of headings, in UTF-8, separated by commas, semicolons or tabs. Everything stays text, formulas too.
 * Refuses with `VALIDATION_FAILED` what cannot be read as a whole; a line that does not fit its headings is told with the others.
 */
export function readCsv(bytes: ArrayBuffer): CsvFile {
  const text = decode(bytes);
  const [header, ...records] = recordsOf(text, delimiterOf(text));
  if (!header) throw unreadable('is empty');
  const fields = header.record.map(fieldOfHeading);
  if (!fields.includes('name')) throw unreadable('has no column for the client’s name: call one "name"');
  const twice = fields.find((field, index) => field !== undefined && fields.indexOf(field) !== index);
  if (twice) throw unreadable(`has two columns for ${twice}`);
  if (records.length === 0) throw unreadable('has headings and no rows');
  if (records.length > importLimits.rows) throw unreadable(`has ${records.length} rows; one import takes ${importLimits.rows}`);
  const ignoredColumns = header.record.filter((_, index) => fields[index] === undefined).map((heading) => heading.slice(0, 100));
  return { lines: records.map((record) => cellsOf(record, fields)), ignoredColumns };
}

function decode(bytes: ArrayBuffer): string {
  try {
    // One kind of line break, so that lines are counted as an editor counts them.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
    if (!text.includes('\u0000')) return text;
  } catch {
    // Told below, like what decodes to no text.
  }
  throw unreadable('must be text in UTF-8');
}

/** The one under which the most headings are known. */
function delimiterOf(text: string): string {
  const known = (delimiter: string) => {
    const [header = []] = parse(text, { delimiter, bom: true, to: 1, relax_quotes: true }) as string[][];
    return header.filter(fieldOfHeading).length;
  };
  const [first] = delimiters.map((delimiter) => ({ delimiter, known: known(delimiter) })).sort((a, b) => b.known - a.known);
  return first?.delimiter ?? ',';
}

interface CsvRecord {
  record: string[];
  /** The line that it ends on. */
  info: { lines: number };
}

function recordsOf(text: string, delimiter: string): CsvRecord[] {
  try {
    // The types of the library know nothing of what `info` adds.
    return parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(`is not CSV that can be read: look at the quotes in line ${error['lines']}`);
  }
}

function cellsOf({ record, info }: CsvRecord, fields: (ImportField | undefined)[]): CellsOfLine {
  const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
  const line = info.lines - breaks;
  const named = fields.flatMap((field, index): [ImportField, string | undefined][] => (field ? [[field, record[index]]] : []));
  const cells = Object.fromEntries(named);
  const long = named.find(([, cell]) => (cell?.length ?? 0) > importLimits.cellLength);
  if (long) return { line, cells: {}, problem: `${long[0]}: is longer than any field` };
  if (record.length <= fields.length) return { line, cells };
  return { line, cells, problem: `has ${record.length} values under ${fields.length} headings: text with a separator in it stands in quotes` };
}

function unreadable(message: string) {
  return refused('VALIDATION_FAILED', { errors: [{ pointer: '', message }] });
}
