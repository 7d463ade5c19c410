import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type HistoryAnchor, type VerifiedHistory, verifyHistory } from '../db/verify-history.ts';
import type { AccountId } from '../domain/ids.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { readSettings } from './settings.ts';

// `npm run verify-history [-- --anchors FILE]`: walks the chain of every account's history, of the database at DATABASE_URL or of the embedded one.
// With a file of anchors it also finds what was cut off or written anew since the file was made, and writes down where the chains stand now.

const anchorsSchema = z.array(z.object({ accountId: z.uuid(), position: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) }));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { anchors: { type: 'string' } } });
  const file = values.anchors === undefined ? undefined : resolve(values.anchors);
  const anchors = file === undefined ? [] : await readAnchors(file);
  const { home, databaseUrl } = readSettings(process.env);
  await using embedded = databaseUrl === undefined ? await openEmbeddedDatabase(home) : undefined;
  const verified: VerifiedHistory[] = [];
  for await (const history of verifyHistory(databaseUrl ?? embedded?.adminUrl ?? '', anchors)) {
    console.log(describe(history));
    verified.push(history);
  }
  const broken = verified.filter(({ finding }) => finding !== null);
  console.log(
    broken.length === 0 ? `The history of ${verified.length} accounts is whole.` : `The history of ${broken.length} of ${verified.length} accounts is broken.`,
  );
  if (broken.length > 0) process.exitCode = 1;
  else if (file) await writeJsonFile(file, verified.map(({ accountId, position, hash }) => ({ accountId, position, hash })) satisfies HistoryAnchor[]);
}

async function readAnchors(file: string): Promise<HistoryAnchor[]> {
  const anchors = (await readJsonFile(file, anchorsSchema)) ?? [];
  return anchors.map(({ accountId, ...anchor }) => ({ ...anchor, accountId: accountId as AccountId }));
}

function describe({ accountId, position, hash, erased, finding }: VerifiedHistory): string {
  if (finding !== null) return `${accountId}  BROKEN: ${finding}`;
  return `${accountId}  whole: ${position} events, ${erased} of them with erased details, the last sealed as ${hash}`;
}

try {
  await main();
} catch (error) {
  console.error(`The history could not be verified. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
