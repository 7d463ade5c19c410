import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Builds the web app into `directory`, in a process of its own: whatever this one is set to, it is built for production. */
export async function runWebBuild(directory: string): Promise<void> {
  await run(process.execPath, [join(import.meta.dirname, 'build-main.ts'), directory], { env: { ...process.env, NODE_ENV: 'production' } });
}
