import { Anchor, Button, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { eventKinds } from '../../domain/event.ts';
import { exportPath } from '../data/history.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { Notice } from '../frame/notice.tsx';
import { eventInWords } from '../history/event-in-words.ts';
import { HistoryList } from '../history/history-list.tsx';
import { ClientFilter } from '../project/client-filter.tsx';
import type { HistorySearch } from '../search.ts';
import { Choice } from '../table/choice.tsx';
import { texts } from '../texts/texts.ts';

const t = texts.history;
const route = getRouteApi('/workspace/settings/history');
const words = Object.fromEntries(eventKinds.map((kind) => [kind, eventInWords(kind)])) as Record<(typeof eventKinds)[number], string>;

/** `/settings/history`: everything that happened in the account, to be narrowed and taken away as it is narrowed. */
export function HistoryPage() {
  const { id: accountId, kind: accountKind } = useAccount();
  const mayNot = useWhyNot()('history.read');
  const { client: clientId, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  if (mayNot) return <Notice title={texts.crm.forManagers} detail={mayNot} />;
  const of = { accountId, clientId, ...filter };
  const narrow = (change: HistorySearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const tools = (
    <>
      <Choice label={t.event} any={t.anyEvent} options={eventKinds} words={words} value={filter.kind} onChoose={(kind) => narrow({ kind })} />
      {accountKind === 'agency' && <ClientFilter client={clientId} onChoose={(client) => narrow({ client })} />}
      <Day label={t.from} value={filter.from} onChange={(from) => narrow({ from })} />
      <Day label={t.to} value={filter.to} onChange={(to) => narrow({ to })} />
      {filter.by && (
        <Button size="xs" variant="light" onClick={() => narrow({ by: undefined })}>
          {t.byOne} ×
        </Button>
      )}
      <Anchor href={exportPath(of, 'csv')} download size="sm">
        {t.csv}
      </Anchor>
      <Anchor href={exportPath(of, 'jsonl')} download size="sm">
        {t.jsonl}
      </Anchor>
    </>
  );
  return <HistoryList of={of} tools={tools} onActor={(by) => narrow({ by })} />;
}

function Day({ label, value, onChange }: { label: string; value: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <TextInput
      type="date"
      size="xs"
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
