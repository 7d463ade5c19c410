import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runWebBuild } from '../../web/run-build.ts';

const root = await mkdtemp(join(tmpdir(), 'foyer-web-app-size-'));
afterAll(() => rm(root, { recursive: true, force: true }));
const directory = join(root, 'web');
await runWebBuild(directory);
const page = await readFile(join(directory, 'index.html'), 'utf8');

/** The scripts of the build that a file begins with: its static imports, and theirs. */
async function scriptsOf(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = await readFile(join(directory, 'assets', file), 'utf8');
  for (const [, imported] of code.matchAll(/(?:^|[;}\s])import\s*(?:[\w*{][^"'`;]*?from\s*)?["'`]\.\/([\w.-]+\.js)["'`]/g)) {
    if (imported) await scriptsOf(imported, seen);
  }
  return seen;
}

/** As whoever takes no Brotli gets them: the larger of the two. */
async function compressedBytes(scripts: Iterable<string>): Promise<number> {
  const sizes = await Promise.all([...scripts].map(async (file) => (await stat(join(directory, 'assets', `${file}.gz`))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The entry, and whatever the page names with it. */
const entries = [...page.matchAll(/\/assets\/([\w.-]+\.js)/g)].map(([, file]) => file ?? '');

async function chunkOf(name: string): Promise<string> {
  const code = await readFile(join(directory, 'assets', entries[0] ?? ''), 'utf8');
  const [, file] = new RegExp(`(${name}-[\\w-]+\\.js)`).exec(code) ?? [];
  if (!file) throw new Error(`the build has no ${name}`);
  return file;
}

test('the first load of /agency is less than 250 kB of compressed script, that of signing in less than 200 kB', async () => {
  expect(entries.length).toBeGreaterThan(0);
  const first = new Set<string>();
  for (const entry of entries) await scriptsOf(entry, first);
  const signIn = await scriptsOf(await chunkOf('sign-in-page'), new Set(first));
  const agency = await scriptsOf(await chunkOf('agency-page'), await scriptsOf(await chunkOf('shell'), new Set(first)));
  expect(agency.size).toBeGreaterThan(first.size + 2);
  expect(await compressedBytes(signIn)).toBeLessThan(200_000);
  expect(await compressedBytes(agency)).toBeLessThan(250_000);
});

test('the page loads nothing from anywhere else, and runs nothing inline', () => {
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).toContain('__CSP_NONCE__');
});
