import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClientState } from '../../domain/client-state.ts';
import { Status } from '../badge/status.tsx';
import { clientQuery } from '../data/clients.ts';
import { isRefusedWith } from '../data/problem.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { NotFound } from '../frame/not-found.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { HistoryList } from '../history/history-list.tsx';
import { ProjectList } from '../project/project-list.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { BrandSettings } from '../settings/brand-settings.tsx';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { calendarDay } from '../time/day.ts';
import { ClientActions } from './client-actions.tsx';
import { ClientDetails } from './client-details.tsx';
import { ClientOnboarding } from './client-onboarding.tsx';
import classes from './client-page.module.css';
import { Offboarding } from './offboarding.tsx';

const route = getRouteApi('/workspace/clients/$clientId');

const stateTone = { pending: 'waits', active: 'fine', archived: 'quiet' } as const satisfies Record<ClientState, Tone>;

/** `/clients/{id}`: who it is, where its onboarding stands, and its projects. */
export function ClientPage() {
  const { id: agencyId } = useAccount();
  const { clientId } = route.useParams();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const mayNotExport = useWhyNot()('history.read');
  const [offboarding, setOffboarding] = useState(false);
  const { data: client, error, refetch } = useQuery(clientQuery(agencyId, clientId));
  // What was read before is not shown either: the client was erased, or is not this person's to see any more.
  if (isRefusedWith(error, 404)) return <NotFound />;
  if (!client && error) return <RefusalNote error={error} onRetry={() => void refetch()} />;
  if (!client) return <Skeleton height={320} />;
  return (
    <>
      <PageTitle
        title={client.name}
        aside={
          client.offboarding ? (
            <Status tone="needs">{texts.client.leavesOn(calendarDay(client.offboarding.on))}</Status>
          ) : (
            <Status tone={stateTone[client.state]}>{texts.clients.states[client.state]}</Status>
          )
        }
        actions={<ClientActions client={client} onOffboard={() => setOffboarding(true)} />}
      />
      <div className={classes.page}>
        <Offboarding client={client} asked={offboarding} onClose={() => setOffboarding(false)} />
        <div className={classes.columns}>
          <ClientDetails client={client} />
          <ClientOnboarding onboardingId={client.onboarding?.id} clientName={client.name} />
        </div>
        <ProjectList
          clientId={client.id}
          view={view}
          onView={(search) => void navigate({ search, replace: true, resetScroll: false })}
          none={client.state === 'archived' ? texts.client.noProjectsArchived : texts.client.noProjects}
        />
        <HistoryList of={{ accountId: agencyId, clientId: client.id }} tools={!mayNotExport && <ToHistory clientId={client.id} />} />
        {client.state !== 'archived' && <BrandSettings owner={{ agencyId, clientId: client.id }} />}
      </div>
    </>
  );
}

function ToHistory({ clientId }: { clientId: string }) {
  return (
    <Link to="/settings/history" search={{ client: clientId }}>
      {texts.history.filterAndExport}
    </Link>
  );
}
