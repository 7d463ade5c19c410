import type { ImportOutcome, ImportState, OnDuplicate } from '../../../domain/import-state.ts';
import type { OnLimit } from '../../../domain/onboarding.ts';

/** What rows of an import came to, in counts. */
type OutcomeCounts = Record<'created' | 'updated' | 'waiting' | 'duplicates' | 'refused' | 'cancelled' | 'pending', number>;

const willBe: Record<ImportOutcome, string> = {
  pending: 'To come',
  running: 'Running',
  created: 'Will be created',
  updated: 'Will be updated',
  waiting: 'Will wait for a slot',
  duplicate: 'Left out as a duplicate',
  refused: 'Refused',
  cancelled: 'Cancelled',
};

const was: Record<ImportOutcome, string> = {
  pending: 'To come',
  running: 'Running',
  created: 'Created',
  updated: 'Updated',
  waiting: 'Waits for a slot',
  duplicate: 'Left out as a duplicate',
  refused: 'Refused',
  cancelled: 'Cancelled',
};

/** `12 created, 2 updated, 1 refused`, as far as there are any. */
function inParts(counts: OutcomeCounts, words: Record<ImportOutcome, string>): string {
  const parts: [number, ImportOutcome][] = [
    [counts.created, 'created'],
    [counts.updated, 'updated'],
    [counts.waiting, 'waiting'],
    [counts.duplicates, 'duplicate'],
    [counts.refused, 'refused'],
    [counts.cancelled, 'cancelled'],
    [counts.pending, 'pending'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${words[outcome].toLowerCase()}`)
    .join(', ');
}

/** Many clients at once. */
export const importsTexts = {
  imports: {
    title: 'Imports',
    newImport: 'Import client accounts',
    explained:
      'Each row of a file becomes a client account, onboarded like one that is created by hand. You see what would become of every row before anything is written.',
    drop: 'Drop a CSV file here, or choose one.',
    choose: 'Choose a file',
    columns: 'Columns: name, contactEmail, externalReference, notes, domain. Only the name is needed; other columns are left out.',
    getSample: 'Download a sample',
    sampleName: 'clients.csv',
    sample: 'name,contactEmail,externalReference,notes,domain\nAcme GmbH,ops@acme.example,HS-1042,Prefers short reports,acme.example\nBirch Ltd,,HS-1043,,\n',
    paste: 'Or paste rows, with a line of headings',
    pasted: 'Pasted rows',
    unnamed: 'Rows without a file name',
    nothingPasted: 'Paste rows first.',
    checkPasted: 'Check pasted rows',
    check: (file: string) => `What would become of ${file}`,
    onDuplicate: 'Rows that resemble a client, or another row',
    onDuplicateWords: { skip: 'Leave them out', create: 'Create them all the same' } satisfies Record<OnDuplicate, string>,
    onLimit: 'With no client slot left',
    onLimitWords: { refuse: 'Refuse the row', wait: 'Wait for a slot' } satisfies Record<OnLimit, string>,
    willSummary: (counts: OutcomeCounts) => `${inParts(counts, willBe)}.`,
    didSummary: (counts: OutcomeCounts) => inParts(counts, was),
    ignoredColumns: (columns: string[]) => `Not imported: ${columns.join(', ')}.`,
    nothingToImport: 'No row of this file would become, or change, a client account.',
    start: (rows: number) => (rows === 1 ? 'Import 1 client' : `Import ${rows} clients`),
    another: 'Choose another file',
    fileIs: (message: string) => `The file ${message}.`,
    correctFile: 'Correct the file and choose it again; nothing was written.',
    rows: 'Rows',
    line: 'Line',
    outcome: 'Outcome',
    anyOutcome: 'All rows',
    why: 'Why',
    theClient: 'The client',
    willBe,
    was,
    file: 'File',
    state: 'State',
    states: { queued: 'Queued', running: 'Running', done: 'Done', cancelled: 'Cancelled' } satisfies Record<ImportState, string>,
    by: 'By',
    at: 'When',
    none: { title: 'No imports yet', detail: 'Choose a file above: nothing is written before you have seen what would become of it.' },
    noneOfThese: { title: 'No such row', detail: 'No row of this import came to that.' },
    forManagers: 'Imports are for owners and admins who see all clients',
    progress: 'Progress',
    settled: (settled: number, total: number) => `${settled} of ${total} rows are through. You can leave this page: the import goes on.`,
    waitingExplained: 'Clients that wait for a slot go on by themselves as soon as there is one. A row that waits for something else says for what.',
    seePlan: 'See the plan',
    cancel: 'Cancel the import',
  },
};
