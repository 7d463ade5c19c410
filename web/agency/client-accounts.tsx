import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Status } from '../badge/status.tsx';
import { type ClientAccount, clientsQuery } from '../data/clients.ts';
import { useAccount } from '../frame/account.tsx';
import { Notice } from '../frame/notice.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { onboardingTone } from '../theme/tone.ts';

const t = texts.clients;

const columns: Column<ClientAccount>[] = [
  { key: 'name', title: t.name, width: 'minmax(8rem, 1.4fr)', cell: ({ name }) => name },
  { key: 'contact', title: t.contact, width: 'minmax(8rem, 1.4fr)', cell: ({ contactEmail }) => contactEmail ?? t.nothing },
  { key: 'reference', title: t.reference, width: 'minmax(6rem, 1fr)', cell: ({ externalReference }) => externalReference ?? t.nothing },
  { key: 'projects', title: t.projects, width: '5.5rem', align: 'end', cell: ({ projectCount }) => projectCount },
  {
    key: 'onboarding',
    title: t.onboarding,
    width: 'minmax(11rem, 1.2fr)',
    cell: ({ onboarding }) => onboarding && <OnboardingState onboarding={onboarding} />,
  },
];

function OnboardingState({ onboarding: { state, blockers } }: { onboarding: NonNullable<ClientAccount['onboarding']> }) {
  return (
    <Status tone={onboardingTone[state]} reason={blockers[0] && `${blockers[0].message} ${blockers[0].nextAction.label}`}>
      {texts.onboardings.states[state]}
    </Status>
  );
}

/** Who the clients are, what they have, and where their onboarding stands. */
export function ClientAccounts() {
  const { id } = useAccount();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(clientsQuery(id, {}));
  const clients = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Panel title={t.title} flush>
      {error && !clients && <RefusalNote error={error} onRetry={() => void refetch()} />}
      {!clients && !error && <Skeleton height={240} m="lg" width="auto" />}
      {clients?.length === 0 && <Notice title={t.none.title} detail={t.none.detail} />}
      {clients && clients.length > 0 && <Rows label={t.title} columns={columns} rows={clients} rowKey={(client) => client.id} scroll="page" onEnd={more} />}
    </Panel>
  );
}
