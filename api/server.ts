import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { pino } from 'pino';
import { apiKeyChannel, eventChannel, onboardingChannel } from '../db/channels.ts';
import { connect } from '../db/connect.ts';
import { readClientListStamp } from '../db/read/client-list-stamp.ts';
import { assertSafeRole } from '../db/safe-role.ts';
import { createSecretBox } from '../db/secret-box.ts';
import { createPdfPress } from '../report/pdf-press.ts';
import { defaultTaskQueue } from '../workflows/contract.ts';
import { createApp } from './app.ts';
import { hashKey } from './auth/api-key.ts';
import { createIdentity } from './auth/identity.ts';
import { createKeyRing } from './auth/key-ring.ts';
import { createKeyUse } from './auth/key-use.ts';
import { watchChanges } from './change-watch.ts';
import { readApiConfig } from './config.ts';
import { createListMemory } from './list-memory.ts';
import { createLogoFetcher } from './logo/fetch-logo.ts';
import { createMetrics } from './metrics.ts';
import { listenTo } from './notifications.ts';
import { createRequestLimits } from './request-limits.ts';
import { createPageMemory, together } from './surfaces/page-memory.ts';
import { createViewCounter } from './surfaces/view-counter.ts';
import { createTemporalGateway } from './temporal.ts';
import { connectTemporal } from './temporal-connection.ts';
import { findWebApp, webAppDirectory } from './web-app.ts';

const config = readApiConfig(process.env);
// Many lines at a time: written one by one they cost as much as all else that is told of a request.
const log = pino({ name: 'api', level: config.logLevel }, pino.destination({ sync: false, minLength: 4_096, periodicFlush: 100 }));
const stopping = new AbortController();

const db = connect(config.databaseUrl, {
  applicationName: 'foyer-api',
  maxConnections: config.databasePoolSize,
  statementTimeoutMs: 5_000,
  onIdleError: (error) => log.warn({ err: error }, 'lost an idle database connection'),
});
await assertSafeRole(db);

const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
// Lazy: without Temporal the API still serves what it can read, and says 503 for the rest.
const connection = connectTemporal(connectionOptions);
const client = new Client({ connection, namespace });
const watches = { onboardings: watchChanges(), events: watchChanges() };
const keys = createKeyRing(db, () => notifications.hears());
const pages = createPageMemory(() => notifications.hears());
const notifications = listenTo(
  { [onboardingChannel]: watches.onboardings, [eventChannel]: together(watches.events, pages), [apiKeyChannel]: keys },
  { databaseUrl: config.databaseUrl, log },
);
const keyUse = createKeyUse(db, log);
const secrets = createSecretBox(config.secretKey);
const views = createViewCounter({ db, log });
const pdfs = createPdfPress();
const temporal = createTemporalGateway({ client, taskQueue: config.taskQueue ?? defaultTaskQueue, log });
const app = createApp({
  db,
  temporal,
  watches,
  keys,
  keyUse,
  limits: createRequestLimits(config.requestLimits),
  secrets,
  views,
  pages,
  pdfs,
  lists: createListMemory((agencyId) => readClientListStamp(db, agencyId)),
  identity: createIdentity({ db, secrets, publicUrl: config.publicUrl, oidc: config.oidc, onMailQueued: temporal.mailQueued }),
  trustedProxies: config.trustedProxies,
  devMailDirectory: config.devMailDirectory,
  fetchLogo: createLogoFetcher(),
  operatorKeyHash: hashKey(config.operatorKey),
  publicUrl: config.publicUrl,
  retentionDays: config.retentionDays,
  workflowsUrl: config.temporalUiUrl && `${config.temporalUiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows`,
  webAppDirectory: await findWebApp(webAppDirectory),
  log,
  metrics: createMetrics(),
  stopping: stopping.signal,
});

const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, ({ port }) =>
  log.info({ port, publicUrl: config.publicUrl }, 'api listens'),
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
if (!stopping.signal.aborted) await once(stopping.signal, 'abort');

// No new connections, open streams end, requests under way are answered; then the loop has nothing left to do.
const closed = once(server, 'close');
server.close();
// A connection that has had its last answer would be kept for another request until it times out.
const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 100);
await Promise.all([closed, notifications.stop()]);
clearInterval(sweep);
await pdfs.stop();
await views.stop();
await keyUse.stop();
await db.destroy();
await temporal.settled();
await connection.close();
