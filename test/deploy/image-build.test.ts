import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { readRepositoryFile } from './compose-file.ts';
import { imageFiles } from './image-files.ts';

const run = promisify(execFile);

/** What goes into the image, and nothing beside it. */
const root = await mkdtemp(join(tmpdir(), 'foyer-image-'));
afterAll(() => rm(root, { recursive: true, force: true }));
const repository = join(import.meta.dirname, '../..');
for (const path of await imageFiles()) await cp(join(repository, path), join(root, path), { recursive: true });
await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');

const builds = [...(await readRepositoryFile('Dockerfile')).matchAll(/^RUN node (.+)$/gm)].map(([, words = '']) => words.split(' '));
// Outside of a test run, which is neither development nor production, nothing says which.
const env = { ...process.env, NODE_ENV: undefined };
await Promise.all(builds.map((words) => run(process.execPath, words, { cwd: root, env })));
const directory = join(root, 'dist/web');
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

test('the image builds the workflows and the web app from what goes in', async () => {
  expect(builds).toHaveLength(2);
  expect(await readFile(join(root, 'dist/workflows.js'), 'utf8')).toContain('onboardClient');
  expect(page).toContain('<div id="app">');
});

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
