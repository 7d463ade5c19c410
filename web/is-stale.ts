import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');

/** What a build is made of. */
const sources = ['web/**/*', 'domain/**/*', 'package-lock.json'];

/** Is there no build in `directory`, or has something that it is made of changed since? */
export async function isStale(directory: string): Promise<boolean> {
  const built = await stat(join(directory, 'index.html')).catch(() => undefined);
  if (!built) return true;
  for await (const path of glob(sources, { cwd: project })) {
    if ((await stat(join(project, path))).mtimeMs > built.mtimeMs) return true;
  }
  return false;
}
