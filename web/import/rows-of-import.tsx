import { Link } from '@tanstack/react-router';
import type { ImportOutcome } from '../../domain/import-state.ts';
import { Status } from '../badge/status.tsx';
import type { ImportRow } from '../data/imports.ts';
import { type Column, Rows, type RowsProps } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { outcomeTone } from '../theme/tone.ts';

const t = texts.imports;

interface RowsOfImportProps extends Pick<RowsProps<ImportRow>, 'onEnd' | 'label'> {
  rows: ImportRow[];
  /** What an outcome is called: what will be, or what was. */
  words: Record<ImportOutcome, string>;
}

/** What becomes, or became, of each row of a file. */
export function RowsOfImport({ rows, words, label, onEnd }: RowsOfImportProps) {
  const columns: Column<ImportRow>[] = [
    { key: 'line', title: t.line, width: '4rem', align: 'end', cell: ({ line }) => line },
    { key: 'client', title: texts.clients.name, width: 'minmax(8rem, 1fr)', cell: (row) => <ClientOfRow row={row} /> },
    { key: 'outcome', title: t.outcome, width: 'minmax(9rem, 0.7fr)', cell: ({ outcome }) => <Status tone={outcomeTone[outcome]}>{words[outcome]}</Status> },
    { key: 'why', title: t.why, width: 'minmax(12rem, 2fr)', cell: ({ detail }) => detail ?? texts.clients.nothing },
  ];
  return <Rows label={label} columns={columns} entries={rows.map((row) => ({ key: String(row.line), row }))} scroll="page" onEnd={onEnd} />;
}

function ClientOfRow({ row: { name, clientId } }: { row: ImportRow }) {
  if (!clientId) return name ?? texts.clients.nothing;
  return (
    <Link to="/clients/$clientId" params={{ clientId }}>
      {name ?? t.theClient}
    </Link>
  );
}
