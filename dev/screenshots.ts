import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';
import { chromiumArguments, findChromium, howToGetChromium } from './find-chromium.ts';
import { type Picture, pictures } from './pictures.ts';
import { freePort } from './ports.ts';
import { createProgress } from './progress.ts';
import { readSettings } from './settings.ts';
import { startFoyer } from './start-foyer.ts';

// `npm run screenshots`: the pictures of README and guide, from the app as it runs on the demonstration, on servers of its own.
const executablePath = await findChromium();
if (!executablePath) throw new Error(`There is no browser to take pictures with. ${howToGetChromium}`);

const demo = z.object({ url: z.url(), agency: z.object({ ownerEmail: z.string(), ownerPassword: z.string() }) });
const width = 1440;
const project = join(import.meta.dirname, '..');
const progress = createProgress(process.stdout);
const home = await mkdtemp(join(tmpdir(), 'foyer-screenshots-'));
const env = { FOYER_HOME: home, PORT: String(await freePort()), TEMPORAL_UI_PORT: String(await freePort()) };
const foyer = await startFoyer(readSettings(env), progress, new AbortController().signal);
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
try {
  const { url, agency } = demo.parse(JSON.parse(await readFile(join(home, 'demo.json'), 'utf8')));
  const state = await signIn(browser, url, agency);
  for (const picture of pictures) await take(browser, url, state, picture);
} finally {
  await browser.close();
  await foyer.stop();
  await rm(home, { recursive: true, force: true });
}

type SignedIn = Awaited<ReturnType<typeof signIn>>;

async function signIn(on: Browser, baseURL: string, { ownerEmail, ownerPassword }: { ownerEmail: string; ownerPassword: string }) {
  const context = await on.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(ownerEmail);
  await page.getByLabel('Password').first().fill(ownerPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Agency workspaces' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(
  on: Browser,
  baseURL: string,
  storageState: SignedIn,
  { file, path, of, prepare, height = 900, colorScheme = 'light' }: Picture,
): Promise<void> {
  const context = await on.newContext({ baseURL, storageState, viewport: { width, height }, deviceScaleFactor: 1.5, reducedMotion: 'reduce', colorScheme });
  const page = await context.newPage();
  await page.goto(path);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await prepare?.(page);
  const destination = join(project, file);
  await mkdir(dirname(destination), { recursive: true });
  await (of?.(page) ?? page).screenshot({ path: destination, animations: 'disabled', caret: 'hide' });
  progress.say(`  ${file}`);
  await context.close();
}
