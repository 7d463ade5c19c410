import { randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createApp } from '../api/app.ts';
import { createIdentity } from '../api/auth/identity.ts';
import { createKeyUse } from '../api/auth/key-use.ts';
import { createLogoFetcher } from '../api/logo/fetch-logo.ts';
import { createMetrics } from '../api/metrics.ts';
import { createRequestLimits } from '../api/request-limits.ts';
import { createTemporalGateway } from '../api/temporal.ts';
import { connect } from '../db/connect.ts';
import { createSecretBox } from '../db/secret-box.ts';
import { constantPage } from './constant-page.ts';

// The same constant from the API itself, with its headers, metrics and log line, but without key, tenant and database: nothing that it is made of is
// ever asked for anything.
const page = await constantPage();
const log = pino({ name: 'constant-api' });
const client = new Client({ connection: Connection.lazy() });
const db = connect('postgres://nobody@127.0.0.1/nothing', {
  applicationName: 'constant-api',
  maxConnections: 1,
  statementTimeoutMs: 1,
  onIdleError: () => undefined,
});
const secrets = createSecretBox(randomBytes(32));
const publicUrl = 'http://127.0.0.1';
const app = createApp({
  db,
  temporal: createTemporalGateway({ client, taskQueue: 'none', log }),
  watches: { onboardings: { subscribe: () => () => undefined }, events: { subscribe: () => () => undefined } },
  keys: { find: async () => undefined },
  keyUse: createKeyUse(db, log),
  limits: createRequestLimits({ perCaller: 1, perAccount: 1 }),
  secrets,
  pages: { find: (_, make) => make(), forget: () => undefined },
  pdfs: { print: async () => new Uint8Array(), stop: async () => undefined },
  lists: { find: (_, make) => make() },
  views: { count: () => undefined, stop: async () => undefined },
  identity: createIdentity({ db, secrets, publicUrl, oidc: undefined, onMailQueued: () => undefined }),
  trustedProxies: [],
  devMailDirectory: undefined,
  fetchLogo: createLogoFetcher(),
  operatorKeyHash: randomBytes(32),
  publicUrl,
  retentionDays: 0,
  workflowsUrl: undefined,
  webAppDirectory: undefined,
  log,
  metrics: createMetrics(),
  stopping: new AbortController().signal,
});
app.get('/constant', (c) => (typeof page === 'string' ? c.html(page) : c.json(page)));

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT']) });
process.once('SIGTERM', () => server.close());
