import { HTTPException } from 'hono/http-exception';
import { type ImportRow, importRequest, readRow } from '../../domain/import-row.ts';
import { beginningOf } from '../../domain/text.ts';
import type { AppContext } from '../environment.ts';
import { fieldErrors } from '../field-errors.ts';
import { refused } from '../refused.ts';
import { type CellsOfLine, readCsv } from './read-csv.ts';

/** A row that can be imported. */
export interface FitRow {
  line: number;
  row: ImportRow;
}

/** A row that no client can be made of, and why. */
export interface UnfitRow {
  line: number;
  name: string | null;
  problem: string;
}

/** The rows of a file, each kind in the order of the file. */
export interface FileRows {
  fit: FitRow[];
  unfit: UnfitRow[];
}

export interface ImportFile extends FileRows {
  /** Headings of columns that are not imported. */
  ignoredColumns: string[];
}

/** As many as anybody reads. */
const mostErrors = 50;

/**
 * The rows of a request's body, in CSV or JSON. Refuses with `VALIDATION_FAILED` what cannot be read as a whole; rows that are wrong in
 * themselves are told line by line.
 */
export async function readImportFile(c: AppContext): Promise<ImportFile> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  switch (type) {
    case 'application/json':
      return { ...readRows(await readJson(c)), ignoredColumns: [] };
    case 'text/csv': {
      const { lines, ignoredColumns } = readCsv(await c.req.arrayBuffer());
      return { ...readRows(lines), ignoredColumns };
    }
    default:
      throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/headers/content-type', message: 'must be text/csv or application/json' }] });
  }
}

async function readJson(c: AppContext): Promise<CellsOfLine[]> {
  const text = await c.req.text();
  const { success, data, error } = importRequest.safeParse(parseJson(text));
  if (!success) throw refused('VALIDATION_FAILED', { errors: fieldErrors(error, '').slice(0, mostErrors) });
  return data.rows.map((cells, index) => ({ line: index + 1, cells }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HTTPException(400);
  }
}

function readRows(lines: readonly CellsOfLine[]): FileRows {
  const fit: FitRow[] = [];
  const unfit: UnfitRow[] = [];
  for (const { line, cells, problem } of lines) {
    const read = problem === undefined ? readRow(cells) : { problem };
    if ('row' in read) fit.push({ line, row: read.row });
    else unfit.push({ line, name: beginningOf(cells.name?.trim() ?? '', 200) || null, problem: read.problem });
  }
  return { fit, unfit };
}
