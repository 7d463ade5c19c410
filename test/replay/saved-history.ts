import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { fromHistoryJson, toHistoryJson } from './history-json.ts';

const directory = join(import.meta.dirname, 'histories');

/** The histories of workflows that ran on the code of one release. */
export interface SavedHistory {
  /** `0.1/happy` */
  name: string;
  history: History;
}

export async function saveHistory(release: string, name: string, history: History): Promise<void> {
  await mkdir(join(directory, release), { recursive: true });
  const json = JSON.stringify(toHistoryJson(history), withoutMachine, 1);
  await writeFile(join(directory, release, `${name}.json`), `${json}\n`);
}

/** Which machine it was, and where the code lay there, is nobody's business and no part of what is replayed. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  return typeof value === 'string' && value.includes(hostname()) ? 'foyer' : value;
}

export async function savedHistories(): Promise<SavedHistory[]> {
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => ({ name: file.replace(/\.json$/, ''), history: await read(join(directory, file)) })));
}

async function read(file: string): Promise<History> {
  return fromHistoryJson(JSON.parse(await readFile(file, 'utf8')));
}
