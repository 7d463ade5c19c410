import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import type { ImportOutcome, OnDuplicate } from '../../domain/import-state.ts';
import type { OnLimit } from '../../domain/onboarding.ts';
import { answered, api } from './api.ts';
import { sendAccepted } from './send-accepted.ts';

const imports = api.agencies[':agencyId'].imports;
export type ClientImport = InferResponseType<typeof imports.$get, 200>['items'][number];
export type ImportRow = InferResponseType<(typeof imports)[':importId']['$get'], 200>['rows'][number];
export type ImportPreview = InferResponseType<typeof imports.$post, 200>;

/** A file that somebody chose, or text that they pasted. */
export interface ClientFile {
  name: string | undefined;
  content: Blob | string;
}

export interface ImportChoices {
  onLimit: OnLimit;
  onDuplicate: OnDuplicate;
}

/** Rows that are read at a time. */
const pageSize = 200;
/** How often an import that runs is looked at. */
const lookMs = 1_000;

export function importsQuery(agencyId: string) {
  return infiniteQueryOptions({
    queryKey: ['agency', agencyId, 'imports'],
    queryFn: ({ pageParam: cursor, signal }) => answered(imports.$get({ param: { agencyId }, query: { ...(cursor && { cursor }) } }, { init: { signal } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Where an import stands, looked at again for as long as it runs. */
export function importQuery(agencyId: string, importId: string) {
  return queryOptions({
    queryKey: ['agency', agencyId, 'import', importId],
    queryFn: ({ signal }) => answered(imports[':importId'].$get({ param: { agencyId, importId }, query: { limit: '1' } }, { init: { signal } })),
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : lookMs),
  });
}

/** Rows that follow each other, and the line to go on after. */
interface RowsPage {
  items: ImportRow[];
  nextLine: number | null;
}

/** What came of its rows, in the order of the file. They are many: when they are to be read again, whoever shows them says. */
export function importRowsQuery(agencyId: string, importId: string, outcome: ImportOutcome | undefined) {
  return infiniteQueryOptions({
    queryKey: ['import-rows', agencyId, importId, outcome],
    queryFn: async ({ pageParam, signal, client, queryKey }): Promise<RowsPage> => {
      const known = client.getQueryData<InfiniteData<RowsPage, number>>(queryKey);
      const before = known?.pages[known.pageParams.indexOf(pageParam)];
      if (before && !outcome && before.items.every(isSettled)) return before;
      const query = { limit: String(pageSize), ...(outcome && { outcome }), ...(pageParam && { afterLine: String(pageParam) }) };
      const { rows: items, nextLine } = await answered(imports[':importId'].$get({ param: { agencyId, importId }, query }, { init: { signal } }));
      return { items, nextLine };
    },
    initialPageParam: 0,
    getNextPageParam: ({ nextLine }) => nextLine,
  });
}

/** Does it stay what it is? */
function isSettled({ outcome }: ImportRow): boolean {
  return outcome !== 'pending' && outcome !== 'running' && outcome !== 'waiting';
}

/** What would come of the file; nothing is written. */
export function previewImport(agencyId: string, file: ClientFile, choices: ImportChoices): Promise<ImportPreview> {
  return sendFile<ImportPreview>(agencyId, file, { ...choices, dryRun: 'true' });
}

/** Sent again with the same key it is the same import. */
export function startImport(agencyId: string, file: ClientFile, choices: ImportChoices, idempotencyKey: string): Promise<{ id: string }> {
  return sendFile<{ id: string }>(agencyId, file, choices, { 'idempotency-key': idempotencyKey });
}

/** The file goes as it is: what it is, its content tells. */
async function sendFile<Told>(agencyId: string, { name, content }: ClientFile, query: ImportChoices & { dryRun?: string }, headers = {}): Promise<Told> {
  const parameters = new URLSearchParams({ ...query, ...(name && { fileName: name }) });
  const response = await sendAccepted(`/v1/agencies/${agencyId}/imports?${parameters}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers },
    body: content,
  });
  return (await response.json()) as Told;
}

export function cancelImport(agencyId: string, importId: string) {
  return answered(imports[':importId'].cancel.$post({ param: { agencyId, importId } }));
}
