import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundleWorkflows } from './bundle.ts';

/** `npm run bundle [file]`: the workflows as one file, for `FOYER_WORKFLOW_BUNDLE`. */
const file = process.argv[2] ?? 'dist/workflows.js';
const { code } = await bundleWorkflows();
await mkdir(dirname(file), { recursive: true });
await writeFile(file, code);
