import { Anchor } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { eventKinds } from '../../domain/event.ts';
import { exportPath } from '../data/history.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { Notice } from '../frame/notice.tsx';
import { eventInWords } from '../history/event-in-words.ts';
import { HistoryList } from '../history/history-list.tsx';
import { Choice } from '../table/choice.tsx';
import { texts } from '../texts/texts.ts';

const t = texts.history;
const route = getRouteApi('/workspace/settings/history');
const words = Object.fromEntries(eventKinds.map((kind) => [kind, eventInWords(kind)])) as Record<(typeof eventKinds)[number], string>;

/** `/settings/history`: everything that happened in the account, to be narrowed and taken away. */
export function HistoryPage() {
  const { id: accountId } = useAccount();
  const mayNot = useWhyNot()('history.read');
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  if (mayNot) return <Notice title={texts.crm.forManagers} detail={mayNot} />;
  const tools = (
    <>
      <Choice
        label={t.event}
        any={t.anyEvent}
        options={eventKinds}
        words={words}
        value={kind}
        onChoose={(chosen) => void navigate({ search: { kind: chosen }, replace: true, resetScroll: false })}
      />
      <Anchor href={exportPath(accountId, 'csv')} download size="sm">
        {t.csv}
      </Anchor>
      <Anchor href={exportPath(accountId, 'jsonl')} download size="sm">
        {t.jsonl}
      </Anchor>
    </>
  );
  return <HistoryList of={{ accountId, kind }} tools={tools} />;
}
