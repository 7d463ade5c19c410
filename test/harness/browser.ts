import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, inject } from 'vitest';
import { createSecretBox } from '../../db/secret-box.ts';
import { type ApiOfItsOwn, anotherApi, type TestApi } from './api.ts';
import { testDatabase } from './database.ts';
import type { FoyerWorker } from './foyer-worker.ts';
import { type FrontDoor, frontDoor } from './front-door.ts';
import { type IdentityProvider, openIdentityProvider } from './identity-provider.ts';
import type { TestPerson } from './person.ts';
import { newSetting, type Process, startWorkerProcess } from './processes.ts';
import { startWorker, temporalClient } from './temporal.ts';

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
  /** A window of its own, in which somebody is signed in, or nobody. Closed when the test is through; errors in it fail the test. */
  openWindow(person?: TestPerson, options?: BrowserContextOptions): Promise<Page>;
}

interface FoyerTerms extends Pick<ApiOfItsOwn, 'workflowsUrl'> {
  /** Has it a provider that people may sign in with? */
  singleSignOn?: boolean;
}

/** Foyer of this test file: `const foyer = await foyerInBrowser();` at its top. */
export async function foyerInBrowser({ singleSignOn = false, ...own }: FoyerTerms = {}): Promise<FoyerInBrowser> {
  const provided = inject('browser');
  const database = await testDatabase();
  const temporal = await temporalClient();
  const door = await frontDoor();
  afterAll(() => door[Symbol.asyncDispose]());
  const setting = newSetting(database.urls);
  const parts = { database, temporal, taskQueue: setting.taskQueue, secrets: createSecretBox(Buffer.from(setting.secretKey, 'base64')) };
  const worker = await startWorker({ ...parts, checkUrl: door.url });
  afterAll(worker.stop);
  const identityProvider = singleSignOn ? await openIdentityProvider(door.url) : undefined;
  afterAll(() => identityProvider?.[Symbol.asyncDispose]());
  const oidc = identityProvider && { oidc: identityProvider.settings };
  const api = await anotherApi(parts, { publicUrl: door.url, webAppDirectory: provided?.webAppDirectory, ...oidc, ...own });
  door.open(api.app);
  afterAll(() => api.stop());
  return { api, url: door.url, door, worker, identityProvider, startWorkerProcess: () => startWorkerProcess(setting), openWindow: windows(door.url) };
}

function windows(url: string): FoyerInBrowser['openWindow'] {
  let browser: Promise<Browser> | undefined;
  const closers: (() => Promise<void>)[] = [];
  const errors: string[] = [];
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
    expect(errors.splice(0), 'nothing went wrong in a window').toEqual([]);
  });
  afterAll(async () => (await browser)?.close());
  return async (person, options) => {
    browser ??= chromium.connect(inject('browser')?.endpoint ?? '');
    const context = await (await browser).newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
    closers.push(() => context.close());
    context.setDefaultTimeout(20_000);
    if (person) {
      const [name = '', value = ''] = person.headers['cookie']?.split('=', 2) ?? [];
      await context.addCookies([{ name, value, url }]);
    }
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    // A refusal and a lost connection are told there too; they are what tests are about.
    page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && errors.push(message.text()));
    return page;
  };
}
