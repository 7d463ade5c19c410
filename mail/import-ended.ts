import { type ImportCounts, importOutcomes } from '../domain/import-state.ts';
import type { Mail } from '../domain/mail.ts';
import { type Addressee, notificationMail } from './notification.ts';

interface EndedImport {
  state: 'done' | 'cancelled';
  /** Null where rows came without a file. */
  fileName: string | null;
  counts: ImportCounts;
}

/** Tells a member that an import has come to its end, and what became of its rows. */
export function importEndedMail(addressee: Addressee, { state, fileName, counts }: EndedImport): Mail {
  const bulk = fileName === null ? 'An import of clients' : `The import of ${fileName}`;
  const ended = `${bulk} ${state === 'done' ? 'is through' : 'was cancelled'}`;
  return notificationMail(addressee, {
    kind: 'import_ended',
    subject: ended,
    paragraphs: [
      `${ended}. ${summaryOf(counts)}`,
      ...(counts.waiting > 0 ? ["Clients that wait for a slot go on by themselves; of the others the import's page says what they wait for."] : []),
      ...(counts.refused + counts.duplicate > 0 ? ['The page of the import says of each row what became of it, and why.'] : []),
    ],
    open: 'Open the import',
  });
}

const words = {
  pending: 'not come to',
  running: 'under way',
  created: 'created',
  updated: 'brought up to date',
  waiting: 'waiting',
  duplicate: 'left out as duplicates',
  refused: 'refused',
  cancelled: 'given up',
} as const satisfies Record<keyof ImportCounts, string>;

/** `Of 12 rows: 8 created, 3 brought up to date, 1 refused.` */
function summaryOf(counts: ImportCounts): string {
  const there = importOutcomes.filter((outcome) => counts[outcome] > 0);
  const total = there.reduce((sum, outcome) => sum + counts[outcome], 0);
  return `Of ${total} ${total === 1 ? 'row' : 'rows'}: ${there.map((outcome) => `${counts[outcome]} ${words[outcome]}`).join(', ')}.`;
}
