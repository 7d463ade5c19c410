import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { blockerCodes, onboardingStates } from '../../domain/onboarding.ts';
import { type Onboarding, onboardingsQuery } from '../data/onboardings.ts';
import { usePages } from '../data/pages.ts';
import { useAccount } from '../frame/account.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Panel } from '../frame/panel.tsx';
import { useWorkspace } from '../frame/use-workspace.ts';
import { NextAction } from '../refusal/next-action.tsx';
import type { OnboardingsSearch } from '../search.ts';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import { InTemporal } from './in-temporal.tsx';
import { OnboardingState } from './onboarding-state.tsx';
import classes from './onboardings-page.module.css';

const t = texts.onboardings;
const route = getRouteApi('/workspace/onboardings');

const columns: Column<Onboarding>[] = [
  { key: 'client', title: t.client, width: 'minmax(8rem, 1fr)', cell: (onboarding) => <ClientOf onboarding={onboarding} /> },
  { key: 'state', title: t.state, width: 'minmax(11rem, 0.9fr)', cell: ({ state }) => <OnboardingState state={state} blockers={[]} /> },
  { key: 'since', title: t.since, width: '6rem', cell: ({ stateSince }) => <Since at={stateSince} /> },
  { key: 'todo', title: t.toDo, width: 'minmax(14rem, 2.4fr)', cell: (onboarding) => <ToDo onboarding={onboarding} /> },
  { key: 'source', title: t.source, width: '5.5rem', cell: ({ source }) => t.sources[source] },
];

function ClientOf({ onboarding: { clientId, clientName } }: { onboarding: Onboarding }) {
  if (!clientId) return clientName ?? t.noClient;
  return (
    <Link to="/clients/$clientId" params={{ clientId }} className={classes.client}>
      {clientName}
    </Link>
  );
}

/** Why it waits, and the one thing that ends the wait. */
function ToDo({ onboarding: { blockers, workflowId } }: { onboarding: Onboarding }) {
  const [blocker] = blockers;
  if (!blocker) return t.nothingToDo;
  return (
    <div className={classes.todo}>
      <span>{blocker.message}</span>
      <NextAction nextAction={blocker.nextAction} />
      {blocker.code === 'UNDO_FAILED' && <InTemporal workflowId={workflowId} />}
    </div>
  );
}

/** `/onboardings`: those that are open, the longest wait first, each with what ends it; those alone that need somebody, or those that have ended too, on demand. */
export function OnboardingsPage() {
  const { id } = useAccount();
  const { state, blocker, show } = route.useSearch();
  const needPeople = show === 'need-people';
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({ ...onboardingsQuery(id, { state, blocker, open: !show && !state, needPeople }), placeholderData: keepPreviousData });
  const { items: onboardings, more } = usePages(list);
  const filter = (change: OnboardingsSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const tools = (
    <>
      <NeedPeople shown={needPeople} onShow={(shown) => filter({ show: shown ? 'need-people' : undefined, state: undefined })} />
      <Choice
        label={t.state}
        any={t.openOnes}
        options={['all', ...onboardingStates]}
        words={{ all: t.all, ...t.states }}
        value={show === 'all' ? show : state}
        onChoose={(chosen) => filter(chosen === 'all' ? { show: chosen, state: undefined } : { show: undefined, state: chosen })}
      />
      <Choice
        label={t.blocker}
        any={t.anyBlocker}
        options={knownBlockers}
        words={t.blockers}
        value={knownBlockers.find((known) => known === blocker)}
        onChoose={(chosen) => filter({ blocker: chosen })}
      />
    </>
  );
  return (
    <>
      <PageTitle title={texts.navigation.onboardings} />
      <Panel title={needPeople ? t.needPeople : show === 'all' ? t.all : state ? t.states[state] : t.openOnes} tools={tools} flush>
        <ListBody count={onboardings?.length} error={list.error} onRetry={() => void list.refetch()} none={needPeople ? t.noneNeedPeople : t.none}>
          <Rows
            label={texts.navigation.onboardings}
            columns={columns}
            entries={(onboardings ?? []).map((row) => ({ key: row.id, row }))}
            scroll="page"
            onEnd={more}
          />
        </ListBody>
      </Panel>
    </>
  );
}

/** Narrows to those that need somebody, and says how many there are. */
function NeedPeople({ shown, onShow }: { shown: boolean; onShow: (shown: boolean) => void }) {
  const count = useWorkspace()?.onboardings.needPeople ?? 0;
  return (
    <Button size="xs" variant={shown ? 'light' : 'default'} aria-pressed={shown} onClick={() => onShow(!shown)}>
      {t.showNeedPeople(count)}
    </Button>
  );
}

/** What an onboarding can wait on. */
const knownBlockers = blockerCodes.filter((code): code is keyof typeof t.blockers => code in t.blockers);
