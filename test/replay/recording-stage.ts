import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { openReportLink } from '../../api/surfaces/open-link.ts';
import { reportPath } from '../../api/surfaces/paths.ts';
import { reportPage } from '../../api/surfaces/report-page.ts';
import { createTemporalGateway } from '../../api/temporal.ts';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import { startTemporal, type TemporalOptions } from '../../dev/temporal.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import type { TestDatabase } from '../harness/database.ts';
import { startFoyerWorker } from '../harness/foyer-worker.ts';
import { frontDoor } from '../harness/front-door.ts';
import type { Stage } from '../harness/stage.ts';

/** The pages of shared reports, as the API shows them, and nothing else of it. */
function sharedPages({ api: db }: TestDatabase, secrets: SecretBox): { fetch: (request: Request) => Promise<Response> } {
  return {
    async fetch({ url }) {
      const token = new URL(url).pathname.split('/').at(-1) ?? '';
      const { document } = await openReportLink({ db, secrets }, token);
      const html = await reportPage(document, { print: reportPath(token, 'print'), pdf: reportPath(token, 'report.pdf') }).html;
      return new Response(html.toString(), { headers: { 'x-robots-tag': 'noindex' } });
    },
  };
}

/** A Temporal server, outside of any test run, with a worker for the database, until it is disposed of. */
export async function openRecordingStage(database: TestDatabase, dynamicConfig: TemporalOptions['dynamicConfig'] = {}): Promise<Stage & AsyncDisposable> {
  const server = await startTemporal({ searchAttributes: Object.values(searchAttributes), dynamicConfig });
  const { address } = server;
  const taskQueue = 'foyer';
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection });
  const secrets = createSecretBox(randomBytes(32));
  const door = await frontDoor();
  door.open(sharedPages(database, secrets));
  const worker = await startFoyerWorker({ address, taskQueue, deps: { db: database.worker, secrets, checkUrl: door.url } });
  return {
    database,
    temporal,
    taskQueue,
    address,
    secrets,
    door,
    gateway: createTemporalGateway({ client: temporal, taskQueue, log: pino({ level: 'silent' }) }),
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await door[Symbol.asyncDispose]();
      await connection.close();
      await server.stop();
    },
  };
}
