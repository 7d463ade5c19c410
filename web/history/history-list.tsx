import { UnstyledButton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { type HistoryEvent, type HistoryOf, historyQuery } from '../data/history.ts';
import { usePages } from '../data/pages.ts';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import { changeInWords, eventInWords } from './event-in-words.ts';
import classes from './history-list.module.css';

const t = texts.history;

const columns: Column<HistoryEvent>[] = [
  { key: 'at', title: t.at, width: '6.5rem', cell: ({ at }) => <Since at={at} /> },
  { key: 'event', title: t.event, width: 'minmax(9rem, 1fr)', cell: ({ kind }) => eventInWords(kind) },
  { key: 'by', title: t.by, width: 'minmax(8rem, 0.9fr)', cell: ({ actor }) => <By actor={actor} /> },
  { key: 'what', title: t.what, width: 'minmax(12rem, 2fr)', cell: (event) => <span className={classes.change}>{changeInWords(event)}</span> },
];

/** Asks for what one actor did; where that can be asked for. */
const OnActor = createContext<((id: string) => void) | undefined>(undefined);

function By({ actor: { id, label } }: Pick<HistoryEvent, 'actor'>) {
  const onActor = use(OnActor);
  if (!onActor || !id) return label;
  return (
    <UnstyledButton className={classes.actor} title={t.onlyBy(label)} onClick={() => onActor(id)}>
      {label}
    </UnstyledButton>
  );
}

interface HistoryListProps {
  of: HistoryOf;
  tools?: ReactNode;
  onActor?: (id: string) => void;
}

/** What happened, by whom, and what it changed; newest first. */
export function HistoryList({ of, tools, onActor }: HistoryListProps) {
  const list = useInfiniteQuery({ ...historyQuery(of), placeholderData: keepPreviousData });
  const { items: events, more } = usePages(list);
  const narrowed = of.kind ?? of.by ?? of.from ?? of.to;
  return (
    <OnActor value={onActor}>
      <Panel title={t.title} tools={tools} flush>
        <ListBody count={events?.length} error={list.error} onRetry={() => void list.refetch()} none={narrowed ? t.noMatch : t.none}>
          <Rows label={t.title} columns={columns} entries={(events ?? []).map((row) => ({ key: row.id, row }))} scroll="page" onEnd={more} />
        </ListBody>
      </Panel>
    </OnActor>
  );
}
