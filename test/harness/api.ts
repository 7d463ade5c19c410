import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../api/app.ts';
import { createIdentity, type Identity, type OidcProvider } from '../../api/auth/identity.ts';
import { createKeyRing } from '../../api/auth/key-ring.ts';
import { createKeyUse, type KeyUse } from '../../api/auth/key-use.ts';
import { watchChanges } from '../../api/change-watch.ts';
import type { Deps } from '../../api/environment.ts';
import { createListMemory } from '../../api/list-memory.ts';
import { createLogoFetcher } from '../../api/logo/fetch-logo.ts';
import { createMetrics } from '../../api/metrics.ts';
import { listenTo } from '../../api/notifications.ts';
import { createRequestLimits } from '../../api/request-limits.ts';
import { createPageMemory, together } from '../../api/surfaces/page-memory.ts';
import { createViewCounter } from '../../api/surfaces/view-counter.ts';
import { createTemporalGateway } from '../../api/temporal.ts';
import { apiKeyChannel, eventChannel, onboardingChannel } from '../../db/channels.ts';
import { readClientListStamp } from '../../db/read/client-list-stamp.ts';
import { createSecretBox, type SecretBox } from '../../db/secret-box.ts';
import { defaultRetentionDays } from '../../domain/erasure.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type DeclaredAnswers, declaredAnswers } from './declared-answers.ts';
import { frontDoor } from './front-door.ts';
import { pdfPress } from './pdf-press.ts';
import { publicUrl } from './public-url.ts';
import { quickPasswords } from './quick-passwords.ts';
import { commandTimeoutMs, newTaskQueue, temporalClient, testWorker } from './temporal.ts';

export { publicUrl };

export interface ApiRequest {
  method: string;
  /** With its query. */
  path: string;
  /** An API key, or the operator's. */
  key?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with no content type but that of `headers`. */
  bytes?: Uint8Array<ArrayBuffer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed, where it is JSON. */
  body: unknown;
  /** The body as what it must be; throws when it is something else. */
  as<T>(schema: z.ZodType<T>): T;
}

export interface TestApi {
  database: TestDatabase;
  temporal: Client;
  taskQueue: string;
  secrets: SecretBox;
  app: ReturnType<typeof createApp>;
  operatorKey: string;
  /** Where the outside reaches it; what browsers call its own origin. */
  publicUrl: string;
  /** What sessions are signed with. */
  sessionCookie: Identity['sessionCookie'];
  keyUse: KeyUse;
  /** What `/openapi.json` says; of one API of the process, for all do the same. */
  document: object;
  /** Every line that was logged, parsed. */
  logged: Record<string, unknown>[];
  /** Makes open streams end, as the stop of the process does. */
  stop(): void;
  /** Sends a request to the app and holds the answer to the API's document. */
  send(request: ApiRequest): Promise<Answer>;
}

export interface TestApiOptions {
  /** False for an API whose onboardings nobody works on. */
  worker?: boolean;
}

/** The API of this test file, on a database and a task queue of its own: `const api = await testApi();` at its top. */
export async function testApi({ worker = true }: TestApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase();
  const temporal = await temporalClient();
  const taskQueue = newTaskQueue();
  const secrets = createSecretBox(randomBytes(32));
  const door = await frontDoor();
  afterAll(() => door[Symbol.asyncDispose]());
  if (worker) await testWorker({ taskQueue, database, secrets, checkUrl: door.url });
  const api = await anotherApi({ database, temporal, taskQueue, secrets });
  door.open(api.app);
  return api;
}

/** What the processes of one API have in common. */
export type ApiParts = Pick<TestApi, 'database' | 'temporal' | 'taskQueue' | 'secrets'>;

/** What one process has for itself. */
export interface ApiOfItsOwn
  extends Partial<
    Pick<Deps, 'db' | 'limits' | 'pdfs' | 'publicUrl' | 'webAppDirectory' | 'fetchLogo' | 'trustedProxies' | 'devMailDirectory' | 'workflowsUrl'>
  > {
  /** Single sign-on. */
  oidc?: OidcProvider;
  /** Keeps passwords as an API does that is deployed: each takes a tenth of a second. */
  slowPasswords?: boolean;
  /** Is the test about errors of the API itself? Otherwise one that is logged fails the file. */
  provokesErrors?: boolean;
}

/** One more process of the API beside others, or one that finds its servers away. */
export async function anotherApi(
  { database, temporal, taskQueue, secrets }: ApiParts,
  { provokesErrors = false, slowPasswords = false, oidc, ...own }: ApiOfItsOwn = {},
): Promise<TestApi> {
  const logged: TestApi['logged'] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const operatorKey = `operator-${randomBytes(24).toString('base64url')}`;
  const stopping = new AbortController();
  const { db = database.api, publicUrl: ownUrl = publicUrl } = own;
  const watches = { onboardings: watchChanges(), events: watchChanges() };
  const keys = createKeyRing(db, () => notifications.hears());
  const pages = createPageMemory(() => notifications.hears());
  const notifications = listenTo(
    { [onboardingChannel]: watches.onboardings, [eventChannel]: together(watches.events, pages), [apiKeyChannel]: keys },
    { databaseUrl: database.urls.api, log },
  );
  afterAll(() => notifications.stop());
  const views = createViewCounter({ db, log, writeAfterMs: 1 });
  afterAll(() => views.stop());
  const gateway = createTemporalGateway({ client: temporal, taskQueue, log, commandTimeoutMs });
  afterAll(() => gateway.settled());
  // Written when a test says so: it would change rows under those that watch for changes.
  const keyUse = createKeyUse(database.api, log, { flushMs: 3_600_000 });
  const deps: Deps = {
    db,
    temporal: gateway,
    watches,
    keys,
    keyUse,
    limits: createRequestLimits({ perCaller: 1_000_000, perAccount: 1_000_000 }),
    secrets,
    fetchLogo: createLogoFetcher(),
    views,
    pages,
    pdfs: pdfPress,
    lists: createListMemory((agencyId) => readClientListStamp(db, agencyId)),
    operatorKeyHash: createHash('sha256').update(operatorKey).digest(),
    publicUrl: ownUrl,
    identity: createIdentity({ db, secrets, publicUrl: ownUrl, oidc, onMailQueued: gateway.mailQueued, ...(!slowPasswords && { passwords: quickPasswords }) }),
    retentionDays: defaultRetentionDays,
    workflowsUrl: undefined,
    trustedProxies: [],
    devMailDirectory: undefined,
    webAppDirectory: undefined,
    log,
    metrics: createMetrics(),
    stopping: stopping.signal,
    ...own,
  };
  const app = createApp(deps);
  described ??= describedBy(app);
  const { document, declared } = await described;
  afterAll(() => {
    const errors = logged.filter(({ level }) => Number(level) >= 50);
    if (!provokesErrors) expect(errors, 'nothing is logged as an error').toEqual([]);
  });

  return {
    database,
    temporal,
    taskQueue,
    secrets,
    app,
    operatorKey,
    publicUrl: ownUrl,
    sessionCookie: deps.identity.sessionCookie,
    keyUse,
    document,
    logged,
    stop: () => stopping.abort(),
    async send(request) {
      const answer = await read(await app.request(request.path, initOf(request)));
      declared.check(request.method, pathOf(request), answer);
      return answer;
    },
  };
}

interface Described {
  document: object;
  declared: DeclaredAnswers;
}

/** Every API of a process does the same, wherever it is: the document of the first one describes them all, and what holds answers to it is compiled once. */
let described: Promise<Described> | undefined;
async function describedBy(app: TestApi['app']): Promise<Described> {
  const document = z.looseObject({}).parse(await (await app.request('/openapi.json')).json());
  return { document, declared: declaredAnswers(document) };
}

/** For `app.request` and `fetch` alike. */
export function initOf({ method, key, headers = {}, body, bytes }: ApiRequest): RequestInit {
  return {
    method,
    headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(bytes && { body: bytes }),
  };
}

/** A response, read to its end. */
export async function read(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const body: unknown = /\bjson\b/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
  return { status, headers, text, body, as: (schema) => schema.parse(body) };
}

function pathOf({ path }: ApiRequest): string {
  return path.split('?', 1)[0] ?? path;
}
