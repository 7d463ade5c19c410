import { CsvError, parse } from 'csv-parse/sync';
import { fieldOfHeading, type ImportCells, type ImportField } from '../../domain/import-row.ts';
import { importLimits } from '../../domain/import-state.ts';
import { beginningOf } from '../../domain/text.ts';
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
  const [header, ...records] = parseCsv(text, { delimiter: delimiterOf(text), to: importLimits.rows + 2 });
  if (!header) throw unreadable('is empty');
  const fields = header.cells.map(fieldOfHeading);
  if (!fields.includes('name')) throw unreadable('has no column for the client’s name: call one "name"');
  const twice = fields.find((field, index) => field !== undefined && fields.indexOf(field) !== index);
  if (twice) throw unreadable(`has two columns for ${twice}`);
  if (records.length === 0) throw unreadable('has headings and no rows');
  if (records.length > importLimits.rows) throw unreadable(`has more rows than the ${importLimits.rows} that one import takes`);
  const ignoredColumns = header.cells.filter((_, index) => fields[index] === undefined).map((heading) => beginningOf(heading, 100));
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
  const known = (delimiter: string) => parseCsv(text, { delimiter, to: 1, relax_quotes: true })[0]?.cells.filter(fieldOfHeading).length ?? 0;
  const [first] = delimiters.map((delimiter) => ({ delimiter, known: known(delimiter) })).sort((a, b) => b.known - a.known);
  return first?.delimiter ?? ',';
}

interface CsvRecord {
  cells: string[];
  /** The line that it ends on. */
  endsOn: number;
}

/** As many records as are asked for. */
function parseCsv(text: string, options: { delimiter: string; to: number; relax_quotes?: true }): CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      ...options,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (cells, { lines }) => {
        if (cells.length > importLimits.columns) throw unreadable(`has more than ${importLimits.columns} columns in line ${lines}`);
        records.push({ cells, endsOn: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(`is not CSV that can be read: look at the quotes in line ${error['lines']}`);
  }
  return records;
}

function cellsOf({ cells: record, endsOn }: CsvRecord, fields: (ImportField | undefined)[]): CellsOfLine {
  const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
  const line = endsOn - breaks;
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
