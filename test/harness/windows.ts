import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterEach, expect, inject } from 'vitest';
import type { TestPerson } from './person.ts';

const desk = { width: 1440, height: 900 };

export interface WindowTerms extends BrowserContextOptions {
  /** Is something done to it that cannot be taken back, such as to stop its clock? */
  spoilt?: boolean;
}

/** A window for this test, in which somebody is signed in, or nobody; one with terms is a new one. Errors in it fail the test. */
export type OpenWindow = (person?: TestPerson, terms?: WindowTerms) => Promise<Page>;

let browser: Promise<Browser> | undefined;
/**
 * Those that nobody looks at. A new window is a new process, which fetches the app, compiles it and warms up: more than twice the processor time of the
 * same page in one that was there before. So this process keeps them, from test to test and file to file, with nothing of anybody left in them.
 */
const kept: Page[] = [];

/** Windows of this test file, on the address that all files of this process have. */
export function windows(url: string): OpenWindow {
  const opened: { page: Page; once: boolean }[] = [];
  const errors: string[] = [];
  afterEach(async ({ task }) => {
    const found = errors.splice(0);
    // A test that was given up may go on to press keys in its windows.
    const givenUp = task.result?.state === 'fail';
    await Promise.all(opened.splice(0).map(({ page, once }) => (once || givenUp ? page.context().close() : keep(page, url))));
    expect(found, 'nothing went wrong in a window').toEqual([]);
  });
  return async (person, terms) => {
    const page = (terms ? undefined : kept.pop()) ?? (await newWindow(url, terms));
    opened.push({ page, once: terms !== undefined });
    if (person) {
      const [name = '', value = ''] = person.headers['cookie']?.split('=', 2) ?? [];
      await page.context().addCookies([{ name, value, url }]);
    }
    page.on('pageerror', (error) => errors.push(error.message));
    // A refusal and a lost connection are told there too; they are what tests are about.
    page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && errors.push(message.text()));
    return page;
  };
}

async function newWindow(url: string, { spoilt: _, ...options }: WindowTerms = {}): Promise<Page> {
  browser ??= chromium.connect(inject('browser')?.endpoint ?? '');
  const context = await (await browser).newContext({ baseURL: url, viewport: desk, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

/** Leaves nothing in the window of what it showed, of who was signed in, and of what a test did to it. */
async function keep(page: Page, url: string): Promise<void> {
  const context = page.context();
  for (const event of ['pageerror', 'console', 'request', 'requestfailed']) page.removeAllListeners(event);
  await Promise.all(context.pages().map((other) => other !== page && other.close()));
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  // Something small from the same place: elsewhere it would get another process.
  await page.goto(`${url}/healthz`);
  await page.evaluate('localStorage.clear(); sessionStorage.clear();');
  await context.clearCookies();
  await page.emulateMedia({ media: null, colorScheme: 'light' });
  await page.setViewportSize(desk);
  kept.push(page);
}
