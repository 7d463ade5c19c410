import { stringify } from 'csv-stringify/sync';
import type { HistoryEvent } from './representations/history.ts';

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

interface Writer {
  contentType: string;
  /** What stands before the first event. */
  head: string;
  write(events: HistoryEvent[]): string;
}

const columns: Record<string, (event: HistoryEvent) => unknown> = {
  position: ({ seal }) => seal.position,
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  actorKind: ({ actor }) => actor.kind,
  actorId: ({ actor }) => actor.id,
  actor: ({ actor }) => actor.label,
  clientId: ({ clientId }) => clientId,
  projectId: ({ projectId }) => projectId,
  onboardingId: ({ onboardingId }) => onboardingId,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
  requestId: ({ from }) => from?.requestId,
  network: ({ from }) => from?.network,
  userAgent: ({ from }) => from?.userAgent,
  erased: ({ erased }) => String(erased),
  eventId: ({ id }) => id,
  hash: ({ seal }) => seal.hash,
};

/** A spreadsheet may take a cell that begins like a formula for one: such cells are led by an apostrophe. */
const csvOptions = { escape_formulas: true, record_delimiter: '\r\n' } as const;

export const exportWriters: Record<ExportFormat, Writer> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: stringify([Object.keys(columns)], csvOptions),
    write: (events) =>
      stringify(
        events.map((event) => Object.values(columns).map((cellOf) => cellOf(event))),
        csvOptions,
      ),
  },
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    head: '',
    write: (events) => events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  },
};
