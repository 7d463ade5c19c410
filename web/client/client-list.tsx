import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ClientState, clientStates } from '../../domain/client-state.ts';
import { Status } from '../badge/status.tsx';
import { type ClientAccount, type ClientFilter, clientsQuery } from '../data/clients.ts';
import { usePages } from '../data/pages.ts';
import { useAccount } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { OnboardingState } from '../onboarding/onboarding-state.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { SearchBox } from '../table/search-box.tsx';
import { texts } from '../texts/texts.ts';
import { calendarDay } from '../time/day.ts';
import { Since } from '../time/since.tsx';
import classes from './client-list.module.css';

const t = texts.clients;

const columns: Column<ClientAccount>[] = [
  { key: 'name', title: t.name, width: 'minmax(8rem, 1.4fr)', cell: (client) => <ClientName client={client} /> },
  { key: 'contact', title: t.contact, width: 'minmax(7rem, 1.4fr)', cell: ({ contactEmail }) => contactEmail ?? t.nothing },
  { key: 'reference', title: t.reference, width: 'minmax(5.5rem, 0.9fr)', cell: ({ externalReference }) => externalReference ?? t.nothing },
  { key: 'projects', title: t.projects, width: '5rem', align: 'end', cell: ({ projectCount }) => projectCount },
  {
    key: 'onboarding',
    title: t.onboarding,
    width: 'minmax(13.5rem, 1.2fr)',
    cell: (client) => <Standing client={client} />,
  },
];

function ClientName({ client: { id, name } }: { client: ClientAccount }) {
  return (
    <Link to="/clients/$clientId" params={{ clientId: id }} className={classes.name}>
      {name}
    </Link>
  );
}

/** That it leaves, or where its onboarding stands, and since when it waits. */
function Standing({ client: { state, onboarding, offboarding, archivedAt } }: { client: ClientAccount }) {
  if (state === 'archived') {
    return (
      <>
        {t.states.archived}
        {archivedAt && (
          <>
            {' '}
            <Since at={archivedAt} />
          </>
        )}
      </>
    );
  }
  if (offboarding) {
    return (
      <Status tone="needs" reason={t.leavesReason}>
        {texts.client.leavesOn(calendarDay(offboarding.on))}
      </Status>
    );
  }
  return onboarding && <OnboardingState {...onboarding} />;
}

export interface ClientListProps {
  filter: ClientFilter;
  onFilter: (filter: ClientFilter) => void;
  /** On a page of its own the page scrolls; beside others the list does. */
  scroll: 'page' | 'panel';
}

/** Client accounts: who they are, what they have, and where their onboarding stands. */
export function ClientList({ filter, onFilter, scroll }: ClientListProps) {
  const { id } = useAccount();
  const list = useInfiniteQuery({ ...clientsQuery(id, filter), placeholderData: keepPreviousData });
  const { items: clients, more } = usePages(list);
  const narrowed = filter.query !== undefined || filter.state !== undefined;
  const tools = (
    <>
      <SearchBox label={t.search} value={filter.query} onSearch={(query) => onFilter({ ...filter, query })} />
      <Choice<ClientState>
        label={t.state}
        any={t.anyState}
        options={clientStates}
        words={t.states}
        value={filter.state}
        onChoose={(state) => onFilter({ ...filter, state })}
      />
    </>
  );
  return (
    <Panel title={t.title} tools={tools} flush scrolls={scroll === 'panel'}>
      <ListBody count={clients?.length} error={list.error} onRetry={() => void list.refetch()} none={narrowed ? t.noMatch : t.none}>
        <Rows label={t.title} columns={columns} entries={(clients ?? []).map((row) => ({ key: row.id, row }))} scroll={scroll} onEnd={more} />
      </ListBody>
    </Panel>
  );
}
