import { Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type ImportOutcome, importOutcomes } from '../../domain/import-state.ts';
import { Status } from '../badge/status.tsx';
import { type ClientImport, cancelImport, importQuery, importRowsQuery } from '../data/imports.ts';
import { usePages } from '../data/pages.ts';
import { isRefusedWith } from '../data/problem.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { NotFound } from '../frame/not-found.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { texts } from '../texts/texts.ts';
import { importTone } from '../theme/tone.ts';
import { sayRefused } from '../undo/offer-undo.tsx';
import classes from './import-page.module.css';
import { RowsOfImport } from './rows-of-import.tsx';

const t = texts.imports;
const route = getRouteApi('/workspace/imports/$importId');

/** `/imports/{id}`: how far an import has come, and what came of each row. */
export function ImportPage() {
  const { id: agencyId } = useAccount();
  const { importId } = route.useParams();
  const { data: bulk, error, refetch } = useQuery(importQuery(agencyId, importId));
  // What was read before is not shown either.
  if (isRefusedWith(error, 404)) return <NotFound />;
  if (!bulk && error) return <RefusalNote error={error} onRetry={() => void refetch()} />;
  if (!bulk) return <Skeleton height={320} />;
  return (
    <>
      <PageTitle
        title={bulk.fileName ?? t.unnamed}
        aside={<Status tone={importTone[bulk.state]}>{t.states[bulk.state]}</Status>}
        actions={!bulk.finishedAt && <CancelImport importId={bulk.id} />}
      />
      <div className={classes.page}>
        <Progress bulk={bulk} />
        <Outcomes bulk={bulk} />
      </div>
    </>
  );
}

function Progress({ bulk }: { bulk: ClientImport }) {
  const settled = bulk.total - bulk.pending;
  return (
    <Panel title={t.progress}>
      <progress className={classes.bar} max={bulk.total} value={settled} aria-label={t.progress} />
      <p className={classes.summary} aria-live="polite">
        {bulk.finishedAt ? t.didSummary(bulk) : t.settled(settled, bulk.total)}
      </p>
      {bulk.waiting > 0 && (
        <p className={classes.waiting}>
          {t.waitingExplained} <Link to="/settings/plan">{t.seePlan}</Link>
        </p>
      )}
    </Panel>
  );
}

function Outcomes({ bulk }: { bulk: ClientImport }) {
  const { id: agencyId } = useAccount();
  const { outcome } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const query = importRowsQuery(agencyId, bulk.id, outcome);
  const list = useInfiniteQuery({ ...query, placeholderData: keepPreviousData });
  const { items, more } = usePages(list);
  const counts = t.didSummary(bulk);
  const readAt = useRef(counts);
  // Where an import stands is looked at all the time; its rows only when some have come to something, and nothing of them is being read: a read that
  // is slower than they do would be started over and over, and never be shown.
  useEffect(() => {
    if (counts === readAt.current || list.isFetching || queries.isFetching({ queryKey: query.queryKey, exact: true })) return;
    readAt.current = counts;
    void list.refetch();
  });
  const choose = (chosen: ImportOutcome | undefined) => void navigate({ search: { outcome: chosen }, replace: true, resetScroll: false });
  const tools = <Choice label={t.outcome} any={t.anyOutcome} options={importOutcomes} words={t.was} value={outcome} onChoose={choose} />;
  return (
    <Panel title={t.rows} tools={tools} flush>
      <ListBody count={items?.length} error={list.error} onRetry={() => void list.refetch()} none={t.noneOfThese}>
        <RowsOfImport label={t.rows} words={t.was} rows={items ?? []} onEnd={more} />
      </ListBody>
    </Panel>
  );
}

function CancelImport({ importId }: { importId: string }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('clients.import');
  const cancel = useMutation({ mutationFn: () => cancelImport(agencyId, importId), onError: sayRefused, onSuccess: () => refreshAgency(queries, agencyId) });
  return (
    <ActionButton size="xs" variant="default" whyNot={whyNot} loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {t.cancel}
    </ActionButton>
  );
}
