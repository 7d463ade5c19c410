import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryAnchor, historyAnchors, readSignedAnchors, type SignedAnchors, signAnchors } from '../db/history-anchors.ts';
import { createSecretBox, secretKey } from '../db/secret-box.ts';
import { type VerifiedHistory, verifyHistory } from '../db/verify-history.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { loadSecrets } from './secrets.ts';
import { readSettings } from './settings.ts';

// `npm run verify-history [-- --anchors FILE]`: walks the chain of every account's history, of the database at DATABASE_URL or of the embedded one, and
// holds it to where it stood the last time, which stands in the database, signed with FOYER_SECRET_KEY, and in FILE. When everything holds, both are
// brought up to date. The signed anchors find what was cut off or written anew without the key, the file also what was done with it.

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { anchors: { type: 'string' } } });
  const file = values.anchors === undefined ? undefined : resolve(values.anchors);
  const { home, databaseUrl } = readSettings(process.env);
  await using embedded = databaseUrl === undefined ? await openEmbeddedDatabase(home) : undefined;
  const url = databaseUrl ?? embedded?.adminUrl ?? '';
  const key = anchorKey(embedded ? (await loadSecrets(home, process.env)).secretKey : process.env['FOYER_SECRET_KEY']);
  const signed = key && (await readSignedAnchors(url, key));
  const kept = file === undefined ? [] : ((await readJsonFile(file, historyAnchors)) ?? []);

  const verified: VerifiedHistory[] = [];
  for await (const history of verifyHistory(url, [...kept, ...(signed?.state === 'whole' ? signed.anchors : [])])) {
    console.log(describe(history));
    verified.push(history);
  }
  const broken = verified.filter(({ finding }) => finding !== null);
  console.log(
    broken.length === 0 ? `The history of ${verified.length} accounts is whole.` : `The history of ${broken.length} of ${verified.length} accounts is broken.`,
  );
  console.log(heldTo(signed));
  if (broken.length > 0 || signed?.state === 'broken') process.exitCode = 1;
  else {
    if (key) await signAnchors(url, key, verified);
    if (file) await writeJsonFile(file, verified.map(({ accountId, position, hash }) => ({ accountId, position, hash })) satisfies HistoryAnchor[]);
  }
}

function anchorKey(secret: string | undefined): Buffer | undefined {
  return secret ? createSecretBox(secretKey.parse(secret)).keyFor('history anchors') : undefined;
}

function heldTo(signed: SignedAnchors | undefined): string {
  if (!signed) return 'It was held to no signed anchors: FOYER_SECRET_KEY is not set.';
  switch (signed.state) {
    case 'none':
      return 'There were no signed anchors to hold it to.';
    case 'whole':
      return `It was held to the anchors signed at ${signed.at.toISOString()}.`;
    case 'broken':
      return `It was held to no signed anchors, for they are BROKEN: ${signed.finding}`;
  }
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
