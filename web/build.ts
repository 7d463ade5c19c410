import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';

/** Builds the web app and puts it into `directory` in one move, so that two builds at once do not mix. */
export async function buildWebApp(directory: string): Promise<void> {
  const incoming = `${directory}-${randomBytes(6).toString('hex')}`;
  const outgoing = `${incoming}-old`;
  await mkdir(dirname(directory), { recursive: true });
  try {
    await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn', build: { outDir: incoming } });
    await rename(directory, outgoing).catch(ifMissing);
    await rename(incoming, directory);
  } finally {
    await Promise.all([incoming, outgoing].map((left) => rm(left, { recursive: true, force: true })));
  }
}

function ifMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
