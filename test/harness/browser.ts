import { afterAll, describe, inject } from 'vitest';
import { createSecretBox } from '../../db/secret-box.ts';
import { type ApiOfItsOwn, anotherApi, type TestApi } from './api.ts';
import { testDatabase } from './database.ts';
import type { FoyerWorker } from './foyer-worker.ts';
import { type FrontDoor, frontDoor } from './front-door.ts';
import { letGoOfLocks } from './held-lock.ts';
import { type IdentityProvider, openIdentityProvider } from './identity-provider.ts';
import { newSetting, type Process, startWorkerProcess } from './processes.ts';
import { startWorker, temporalClient } from './temporal.ts';
import { type OpenWindow, windows } from './windows.ts';

/** `describe`, where there is a browser. */
export const describeInBrowser = describe.skipIf(inject('browser') === null);

/** Foyer as a browser sees it: the API with the built web app at an address, and windows on it. */
export interface FoyerInBrowser {
  api: TestApi;
  url: string;
  /** What answers at the address: to be closed for an API that is away. */
  door: FrontDoor;
  worker: FoyerWorker;
  /** Where it was asked for. */
  identityProvider: IdentityProvider | undefined;
  /** A worker that is a process, in the place of the one that was stopped. */
  startWorkerProcess(): Promise<Process>;
  openWindow: OpenWindow;
}

interface FoyerTerms extends Pick<ApiOfItsOwn, 'workflowsUrl'> {
  /** Has it a provider that people may sign in with? */
  singleSignOn?: boolean;
}

/** One address for all files of this process: what windows have fetched from there once, they have. It is there until the process ends. */
let doorOfProcess: Promise<FrontDoor> | undefined;

/** Foyer of this test file: `const foyer = await foyerInBrowser();` at its top. */
export async function foyerInBrowser({ singleSignOn = false, ...own }: FoyerTerms = {}): Promise<FoyerInBrowser> {
  const provided = inject('browser');
  const database = await testDatabase();
  const temporal = await temporalClient();
  doorOfProcess ??= frontDoor();
  const door = await doorOfProcess;
  afterAll(() => void door.close());
  const setting = newSetting(database.urls);
  const parts = { database, temporal, taskQueue: setting.taskQueue, secrets: createSecretBox(Buffer.from(setting.secretKey, 'base64')) };
  const worker = await startWorker({ ...parts, checkUrl: door.url });
  afterAll(worker.stop);
  afterAll(letGoOfLocks);
  const identityProvider = singleSignOn ? await openIdentityProvider(door.url) : undefined;
  afterAll(() => identityProvider?.[Symbol.asyncDispose]());
  const oidc = identityProvider && { oidc: identityProvider.settings };
  const api = await anotherApi(parts, { publicUrl: door.url, webAppDirectory: provided?.webAppDirectory, ...oidc, ...own });
  door.open(api.app);
  afterAll(() => api.stop());
  return { api, url: door.url, door, worker, identityProvider, startWorkerProcess: () => startWorkerProcess(setting), openWindow: windows(door.url) };
}
