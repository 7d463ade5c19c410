import { join } from 'node:path';
import { buildWebApp } from './build.ts';

// `node web/build-main.ts [DIRECTORY]`: the web app, by default where the API looks for it.
await buildWebApp(process.argv[2] ?? join(import.meta.dirname, '..', 'dist', 'web'));
