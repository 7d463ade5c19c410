import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Status } from '../badge/status.tsx';
import { type ClientImport, importsQuery } from '../data/imports.ts';
import { usePages } from '../data/pages.ts';
import { useAccount } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { importTone } from '../theme/tone.ts';
import { Since } from '../time/since.tsx';

const t = texts.imports;

const columns: Column<ClientImport>[] = [
  { key: 'file', title: t.file, width: 'minmax(8rem, 1fr)', cell: (bulk) => <FileOf bulk={bulk} /> },
  { key: 'state', title: t.state, width: '8rem', cell: ({ state }) => <Status tone={importTone[state]}>{t.states[state]}</Status> },
  { key: 'outcome', title: t.outcome, width: 'minmax(14rem, 2fr)', cell: (bulk) => t.didSummary(bulk) },
  { key: 'by', title: t.by, width: 'minmax(7rem, 0.8fr)', cell: ({ by }) => by },
  { key: 'at', title: t.at, width: '6rem', cell: ({ createdAt }) => <Since at={createdAt} /> },
];

function FileOf({ bulk: { id: importId, fileName } }: { bulk: ClientImport }) {
  return (
    <Link to="/imports/$importId" params={{ importId }}>
      {fileName ?? t.unnamed}
    </Link>
  );
}

/** The imports there were, newest first. */
export function ImportList() {
  const { id } = useAccount();
  const list = useInfiniteQuery(importsQuery(id));
  const { items, more } = usePages(list);
  return (
    <Panel title={t.title} flush>
      <ListBody count={items?.length} error={list.error} onRetry={() => void list.refetch()} none={t.none}>
        <Rows label={t.title} columns={columns} entries={(items ?? []).map((row) => ({ key: row.id, row }))} scroll="page" onEnd={more} />
      </ListBody>
    </Panel>
  );
}
