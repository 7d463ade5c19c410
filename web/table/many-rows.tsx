// biome-ignore-all lint/a11y/useSemanticElements: as in rows.tsx
import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { OneEntry } from './one-entry.tsx';
import type { RowsProps } from './rows.tsx';

const rowHeightPx = 41;

/** Rows of which only those in sight are drawn. */
export function ManyRows<Row>(props: RowsProps<Row>) {
  return props.scroll === 'page' ? <RowsOfPage {...props} /> : <RowsOfPanel {...props} />;
}

function RowsOfPage<Row>(props: RowsProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    setScrollMargin(body.current?.offsetTop ?? 0);
  }, []);
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
