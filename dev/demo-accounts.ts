import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Home } from './home.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const accountSchema = z.object({ id: z.string(), name: z.string(), ownerEmail: z.string(), ownerPassword: z.string(), apiKey: z.string() });
const demoSchema = z.object({ agency: accountSchema, otherAgency: accountSchema, direct: accountSchema });

/** The accounts of the demonstration, with what one needs to get in. */
export type DemoAccounts = z.infer<typeof demoSchema>;

export interface Whereabouts {
  url: string;
  /** Where mail can be read, or how it is sent. */
  mail: string;
  /** `null` with a Temporal server of somebody else's whose UI nobody told. */
  temporalUi: string | null;
  temporalAddress: string;
  operatorKey: string;
}

/**
 * The demonstration in this home's database: kept from an earlier start, else made by `seed`.
 *
 * @param databaseUrl of a server of somebody else's, which knows nothing of the accounts in the embedded one
 */
export async function demoAccounts(home: Home, databaseUrl: string | undefined, seed: () => Promise<DemoAccounts>): Promise<DemoAccounts> {
  const server = databaseUrl === undefined ? '' : `-${new URL(databaseUrl).host.replaceAll(/[^\w.]/g, '-')}`;
  const file = home.file(`demo-accounts${server}.json`);
  const kept = await readJsonFile(file, demoSchema);
  if (kept !== undefined) return kept;
  const accounts = await seed();
  await writeJsonFile(file, accounts);
  return accounts;
}

/** Tells whoever drives Foyer from outside that it is ready, and where: `demo.json` is there as long as a start that became ready is the last. */
export function publishDemo(home: Home, whereabouts: Whereabouts, accounts: DemoAccounts): Promise<void> {
  return writeJsonFile(home.file('demo.json'), { ...whereabouts, ...accounts });
}

/** To be called at the beginning of a start, whose `demo.json` of last time tells of ports and readiness that are no more. */
export function withdrawDemo(home: Home): Promise<void> {
  return rm(home.file('demo.json'), { force: true });
}
