import type { DemoAccounts, Whereabouts } from './demo-accounts.ts';
import type { Home } from './home.ts';
import { shortPath } from './progress.ts';

/** What people want to know once everything runs. */
export function summary(home: Home, { url, mail, temporalUi, temporalAddress }: Whereabouts, { agency }: DemoAccounts, seconds: string): string {
  const here = shortPath(home.dir);
  const rows = [
    ['Foyer', url],
    ['API reference', `${url}/reference`],
    ['Mail', mail],
    ['Temporal UI', temporalUi ?? 'where your Temporal server has it'],
    ['Temporal', `TEMPORAL_ADDRESS=${temporalAddress}`],
    ['', ''],
    ['Sign in', `${agency.ownerEmail}, ${agency.ownerPassword}  (${agency.name})`],
    ['API key', `${agency.apiKey}  (${agency.name})`],
    ['Other accounts', `${here}/demo.json, with the operator's key`],
    ['', ''],
    ['Logs', `${here}/logs`],
    ['Data', `${here}; remove it to begin anew`],
    ['Stop', 'Ctrl-C; the next start goes on where this one was'],
  ] as const;
  return [`\nFoyer is ready after ${seconds} s.\n`, ...rows.map(([what, value]) => `  ${what.padEnd(17)}${value}`.trimEnd()), ''].join('\n');
}
