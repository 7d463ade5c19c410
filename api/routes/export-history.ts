import { readHistoryAfter } from '../../db/read/history-after.ts';
import { readInTenant } from '../../db/tenant.ts';
import { permitAccount } from '../auth/permit.ts';
import type { AppContext } from '../environment.ts';
import { exportFormats, exportWriters } from '../history-export.ts';
import { accountHistoryQuery, historyFilter } from '../history-filter.ts';
import { createRoute, operation, problems, z } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { presentHistory } from '../representations/history.ts';

/** Events that are in memory at any time. */
const batchSize = 500;

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/history/export',
  operationId: 'exportHistory',
  tags: ['History'],
  summary: 'The history as a file, oldest first',
  description: 'In the order of the chain. Each event comes with its hash: a file that is kept shows later whether the history is still what it was.',
  middleware: permitAccount('history.read'),
  request: { params: inAccount, query: z.object({ format: z.enum(exportFormats).default('jsonl'), ...accountHistoryQuery }) },
  responses: {
    200: { description: 'The events, one a line.', content: { 'text/csv': { schema: z.string() }, 'application/jsonl': { schema: z.string() } } },
    ...problems('VALIDATION_FAILED'),
  },
});

/** `GET /v1/accounts/{accountId}/history/export` */
export const exportHistory = operation({
  route,
  handler: async (c) => {
    const { agencyId: accountId, sight, deps } = c.var;
    const { format, ...query } = c.req.valid('query');
    const filter = historyFilter(query);
    const next = (position: number) => readInTenant(deps.db, sight, (reader) => readHistoryAfter(reader, accountId, filter, { position, limit: batchSize }));
    // The first events are read before the answer begins, so that what fails at once is answered as a failure.
    const lines = exported(c, await next(0), next, exportWriters[format]);
    return c.body(streamOf(lines), 200, {
      'Content-Type': exportWriters[format].contentType,
      'Content-Disposition': `attachment; filename="history.${format}"`,
      'Cache-Control': 'no-store',
    });
  },
});

/** Asks for the next lines when somebody takes them; what fails breaks the stream off. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}

type Batch = Awaited<ReturnType<typeof readHistoryAfter>>;

/** Each batch is read when the one before it was taken; a reader that goes away ends it. */
async function* exported(
  { var: { may, deps, requestId } }: AppContext,
  first: Batch,
  next: (position: number) => Promise<Batch>,
  { head, write }: (typeof exportWriters)['csv'],
): AsyncGenerator<string> {
  yield head;
  try {
    for (let batch = first; ; ) {
      const last = batch.at(-1);
      if (!last) return;
      deps.stopping.throwIfAborted();
      yield write(batch.map((event) => presentHistory(event, may)));
      if (batch.length < batchSize) return;
      batch = await next(last.position);
    }
  } catch (error) {
    // The status is sent: the file breaks off, and whoever reads it is not told that it is whole.
    deps.log.warn({ err: error, requestId }, 'an export broke off');
    throw error;
  }
}
