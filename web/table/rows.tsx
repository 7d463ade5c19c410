// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are laid out as a grid loses its meaning in some browsers; roles keep it
// biome-ignore-all lint/a11y/useFocusableInteractive: rows of a table, unlike those of a grid, take no focus
import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
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

interface RowsProps<Row> {
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
const rowHeightPx = 41;

/** A table of any length: only the rows in sight are drawn once there are many. On a phone each row is a card. */
export function Rows<Row>(props: RowsProps<Row>) {
  const { columns, entries, label } = props;
  const style = { '--columns': tracks(columns), '--columns-narrow': tracks(columns.filter(({ breaks }) => !breaks)) } as CSSProperties;
  const Body = entries.length < drawAllBelow ? AllRows : props.scroll === 'page' ? RowsOfPage : RowsOfPanel;
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
      <Body {...props} />
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

function RowsOfPage<Row>(props: RowsProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => setScrollMargin(body.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({ count: props.entries.length, estimateSize: () => rowHeightPx, overscan: 12, scrollMargin });
  return (
    <div ref={body}>
      <RowsInSight {...props} virtualizer={virtualizer} scrollMargin={scrollMargin} />
    </div>
  );
}

function RowsOfPanel<Row>(props: RowsProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: props.entries.length,
    estimateSize: () => rowHeightPx,
    overscan: 12,
    getScrollElement: () => body.current?.closest<HTMLElement>('[data-scrolls]') ?? null,
  });
  return (
    <div ref={body}>
      <RowsInSight {...props} virtualizer={virtualizer} scrollMargin={0} />
    </div>
  );
}

interface RowsInSightProps<Row, Scroller extends Element | Window> extends RowsProps<Row> {
  virtualizer: Virtualizer<Scroller, Element>;
  scrollMargin: number;
}

function RowsInSight<Row, Scroller extends Element | Window>({ entries, columns, onEnd, virtualizer, scrollMargin }: RowsInSightProps<Row, Scroller>) {
  const inSight = virtualizer.getVirtualItems();
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= entries.length - 20) onEnd?.();
  }, [last, entries.length, onEnd]);
  const top = (inSight[0]?.start ?? 0) - scrollMargin;
  return (
    <div role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
      <div role="presentation" style={{ transform: `translateY(${top}px)` }}>
        {inSight.map(({ index }) => {
          const entry = entries[index];
          return entry && <OneEntry key={entry.key} entry={entry} index={index} columns={columns} measure={virtualizer.measureElement} />;
        })}
      </div>
    </div>
  );
}

interface OneEntryProps<Row> {
  entry: Entry<Row>;
  index: number;
  columns: Column<Row>[];
  measure?: (element: Element | null) => void;
}

function OneEntry<Row>({ entry: { row, group }, index, columns, measure }: OneEntryProps<Row>) {
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
