import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { duplicatesQuery, type SuspectedDuplicate } from '../data/duplicates.ts';
import { usePages } from '../data/pages.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import classes from './client-list.module.css';
import { MergeDialog } from './merge-dialog.tsx';

const t = texts.duplicates;

/** Clients that look like an older one, to be merged or left; nothing where there are none, and for whoever may not merge. */
export function SuspectedDuplicates() {
  const { id: agencyId } = useAccount();
  const whyNot = useWhyNot()('clients.write');
  const { items, more } = usePages(useInfiniteQuery({ ...duplicatesQuery(agencyId), enabled: !whyNot }));
  const [asking, setAsking] = useState<SuspectedDuplicate>();
  if (!items || items.length === 0) return null;
  const columns: Column<SuspectedDuplicate>[] = [
    { key: 'client', title: texts.clients.name, width: 'minmax(8rem, 1fr)', cell: ({ client }) => <ClientLink client={client} /> },
    { key: 'of', title: t.looksLike, width: 'minmax(8rem, 1fr)', cell: ({ duplicateOf }) => <ClientLink client={duplicateOf} /> },
    { key: 'reason', title: t.because, width: 'minmax(10rem, 1fr)', cell: ({ reason }) => t.reasons[reason] },
    {
      key: 'merge',
      title: t.action,
      width: '7rem',
      cell: (pair) => (
        <ActionButton size="xs" variant="default" aria-label={t.mergeOf(pair.client.name)} onClick={() => setAsking(pair)}>
          {t.merge}
        </ActionButton>
      ),
    },
  ];
  return (
    <Panel title={t.title} flush>
      <Rows label={t.title} columns={columns} entries={items.map((row) => ({ key: row.client.id, row }))} scroll="page" onEnd={more} />
      {asking && <MergeDialog client={asking.client} into={asking.duplicateOf} onClose={() => setAsking(undefined)} />}
    </Panel>
  );
}

function ClientLink({ client: { id, name } }: { client: SuspectedDuplicate['client'] }) {
  return (
    <Link to="/clients/$clientId" params={{ clientId: id }} className={classes.name}>
      {name}
    </Link>
  );
}
