// biome-ignore-all lint/a11y/useSemanticElements: as in rows.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: rows of a table, unlike those of a grid, take no focus

import classes from './rows.module.css';
import type { Column, Entry } from './rows.tsx';

interface OneEntryProps<Row> {
  entry: Entry<Row>;
  index: number;
  columns: Column<Row>[];
  measure?: (element: Element | null) => void;
}

/** A row of a table, or a line over some. */
export function OneEntry<Row>({ entry: { row, group }, index, columns, measure }: OneEntryProps<Row>) {
  const place = { role: 'row', 'aria-rowindex': index + 2, 'data-index': index, ref: measure };
  if (row === undefined) {
    return (
      <div {...place} className={classes.group}>
        <div role="cell" aria-colspan={columns.length}>
          {group}
        </div>
      </div>
    );
  }
  return (
    <div {...place} className={classes.row}>
      {columns.map(({ key, title, cell, align, breaks }) => (
        <div key={key} role="cell" className={classes.cell} data-align={align} data-breaks={breaks} data-title={title}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}
