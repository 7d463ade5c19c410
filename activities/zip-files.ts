import { zipSync } from 'fflate';

/** Files by their paths in the archive. */
export type Files = Record<string, string | Uint8Array>;

/** A zip of the files. Its times are fixed, so that the same files are the same bytes. */
export function zipFiles(files: Files): Buffer {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? encoder.encode(content) : content]);
  return Buffer.from(zipSync(Object.fromEntries(entries), { mtime: new Date('2000-01-01T00:00:00') }));
}
