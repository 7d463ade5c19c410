// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are laid out as a grid loses its meaning in some browsers; roles keep it
// biome-ignore-all lint/a11y/useFocusableInteractive: rows of a table, unlike those of a grid, take no focus
import { type CSSProperties, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { OneEntry } from './one-entry.tsx';
import classes from './rows.module.css';

export interface Column<Row> {
  key: string;
  title: string;
  /** A track of the grid: `minmax(8rem, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Where there is little room it stands in a line of its own, below the others. */
  breaks?: true;
}

/** A row, or a line over the rows that follow it. */
export type Entry<Row> = { key: string; row: Row; group?: never } | { key: string; group: ReactNode; row?: never };

export interface RowsProps<Row> {
  label: string;
  columns: Column<Row>[];
  entries: Entry<Row>[];
  /** In a panel the rows scroll by themselves; on a page the page does. */
  scroll: 'page' | 'panel';
  /** Called when the last rows come into sight. */
  onEnd?: (() => void) | undefined;
}

/** With fewer rows than this all of them are drawn: printing and searching in the page then find every one. */
const drawAllBelow = 120;

// `lazy` forgets that what it loads is for rows of any kind.
const ManyRows = lazy(async () => ({ default: (await import('./many-rows.tsx')).ManyRows })) as typeof import('./many-rows.tsx').ManyRows;

/** A table of any length: once there are many, only those in sight are drawn, by what is loaded then. On a phone each row is a card. */
export function Rows<Row>(props: RowsProps<Row>) {
  const { columns, entries, label } = props;
  const style = { '--columns': tracks(columns), '--columns-narrow': tracks(columns.filter(({ breaks }) => !breaks)) } as CSSProperties;
  return (
    <div className={classes.table} role="table" aria-label={label} aria-rowcount={entries.length + 1} style={style} data-scroll={props.scroll}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row} aria-rowindex={1}>
          {columns.map(({ key, title, align, breaks }) => (
            <div key={key} role="columnheader" className={classes.cell} data-align={align} data-breaks={breaks}>
              {title}
            </div>
          ))}
        </div>
      </div>
      {entries.length < drawAllBelow ? (
        <AllRows {...props} />
      ) : (
        <Suspense fallback={<AllRows {...props} entries={entries.slice(0, drawAllBelow)} onEnd={undefined} />}>
          <ManyRows {...props} />
        </Suspense>
      )}
    </div>
  );
}

function tracks<Row>(columns: Column<Row>[]): string {
  return columns.map(({ width }) => width).join(' ');
}

function AllRows<Row>({ entries, columns, onEnd }: RowsProps<Row>) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!onEnd || !end.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onEnd(), { rootMargin: '400px' });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [onEnd]);
  return (
    <div role="rowgroup">
      {entries.map((entry, index) => (
        <OneEntry key={entry.key} entry={entry} index={index} columns={columns} />
      ))}
      <div ref={end} />
    </div>
  );
}
