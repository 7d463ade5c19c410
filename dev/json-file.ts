import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * Reads a file that only the embedded default writes.
 *
 * @returns `undefined` when there is no such file
 * Throws one sentence for people when it cannot be read or is not what it should be.
 */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged. Restore it, or move it away to begin anew.`);
  }
}

/** Writes a file that only its owner can read; whoever reads it meanwhile sees the old or the new one, whole. */
export async function writeJsonFile(file: string, value: unknown): Promise<void> {
  const incoming = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(incoming, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(incoming, file);
}
