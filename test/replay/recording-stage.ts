import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { openPortalLink, openReportLink } from '../../api/surfaces/open-link.ts';
import { portalPage } from '../../api/surfaces/portal-page.ts';
import { printPage, reportPage } from '../../api/surfaces/report-page.ts';
import { createTemporalGateway } from '../../api/temporal.ts';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import { startTemporal, type TemporalOptions } from '../../dev/temporal.ts';
import { reportPath } from '../../domain/surface-path.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import type { TestDatabase } from '../harness/database.ts';
import { startFoyerWorker } from '../harness/foyer-worker.ts';
import { frontDoor } from '../harness/front-door.ts';
import { pdfPress } from '../harness/pdf-press.ts';
import type { Stage } from '../harness/stage.ts';

/** What links lead to, as the API shows it, and nothing else of it. */
function sharedSurfaces({ api: db }: TestDatabase, secrets: SecretBox): { fetch: (request: Request) => Promise<Response> } {
  const headers = { 'x-robots-tag': 'noindex' };
  return {
    async fetch({ url }) {
      const [, surface, token = '', form] = new URL(url).pathname.split('/');
      if (surface === 'client-portal') return new Response(String(await portalPage(await openPortalLink({ db, secrets }, token)).html), { headers });
      const { document, logo } = await openReportLink({ db, secrets }, token);
      if (form === 'report.pdf') {
        return new Response(await pdfPress.print(document, await logo()), { headers: { ...headers, 'content-type': 'application/pdf' } });
      }
      const page = form === 'print' ? printPage(document) : reportPage(document, { print: reportPath(token, 'print'), pdf: reportPath(token, 'report.pdf') });
      return new Response(String(await page.html), { headers });
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
  door.open(sharedSurfaces(database, secrets));
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
