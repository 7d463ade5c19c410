import { bringUpDatabase } from './bring-up-database.ts';
import { bringUpProcesses } from './bring-up-processes.ts';
import { bringUpTemporal } from './bring-up-temporal.ts';
import { bringUpWebApp } from './bring-up-web-app.ts';
import { seedDemo } from './demo.ts';
import { demoAccounts, publishDemo, withdrawDemo } from './demo-accounts.ts';
import { makeOwners } from './demo-owners.ts';
import { type Home, openHome } from './home.ts';
import { createChildRegister, endOrphans } from './orphans.ts';
import { isPortFree } from './ports.ts';
import { type Progress, shortPath } from './progress.ts';
import { rememberPorts } from './remembered-ports.ts';
import { loadSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { StartContext } from './start-context.ts';
import { summary } from './summary.ts';
import type { Stoppable } from './supervise.ts';

/** Stopped from the first to the last: whoever uses something goes before it. */
const stopOrder = ['processes', 'temporal', 'postgres'] as const;
type Parts = Record<(typeof stopOrder)[number], Stoppable[]>;

/**
 * Brings up everything and says so.
 *
 * Rejects with one sentence for people when something does not come up, and with the abort's reason when `signal` is aborted meanwhile;
 * whatever was up is stopped by then.
 *
 * @returns what stops it all, cleanly and in order
 */
export async function startFoyer(settings: Settings, progress: Progress, signal: AbortSignal): Promise<Stoppable> {
  const startedAt = performance.now();
  progress.say(`\nFoyer starts, with its data in ${shortPath(settings.home)}.\n`);
  const home = await openHome(settings.home);
  const register = home.file('children.json');
  const children = createChildRegister(register);
  const parts: Parts = { processes: [], temporal: [], postgres: [] };
  const stop = async () => {
    await home.announceStop();
    for (const name of stopOrder) await Promise.all(parts[name].map((part) => part.stop()));
    await children.clear();
    await home.release();
  };
  try {
    await tidyUp(home, register, progress);
    await requireFreePorts(settings);
    const secrets = await loadSecrets(home.dir, process.env);
    const ports = rememberPorts(home.file('ports.json'));
    const context = { settings, home, ports, secrets, children, progress, signal };
    progress.say(await bringUp(context, parts, startedAt));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function tidyUp(home: Home, register: string, progress: Progress): Promise<void> {
  await withdrawDemo(home);
  const ended = await endOrphans(register, [['API', 'Worker'], ['Temporal'], ['Postgres']]);
  if (ended.length > 0) progress.say(`  Ended what a killed Foyer had left running: ${ended.join(', ')}.`);
}

async function requireFreePorts(settings: Settings): Promise<void> {
  const wanted = {
    PORT: settings.port,
    ...(settings.temporalAddress === undefined ? { TEMPORAL_UI_PORT: settings.temporalUiPort } : {}),
  };
  for (const [variable, port] of Object.entries(wanted)) {
    if (!(await isPortFree(port))) throw new Error(`Port ${port} is taken. Stop what listens there, or set ${variable} to a free one.`);
  }
}

/** @returns the summary for people */
async function bringUp(context: StartContext, parts: Parts, startedAt: number): Promise<string> {
  const { settings, home, secrets, progress, signal } = context;
  const [database, temporal] = await allOrFail([
    bringUpDatabase(context, (postgres) => parts.postgres.push(postgres)),
    bringUpTemporal(context, (server) => parts.temporal.push(server)),
    bringUpWebApp(context),
  ]);
  signal.throwIfAborted();
  await bringUpProcesses(context, database, temporal, (part) => parts.processes.push(part));
  signal.throwIfAborted();

  const url = `http://127.0.0.1:${settings.port}`;
  const { operatorKey } = secrets;
  const accounts = await demoAccounts(home, settings.databaseUrl, () =>
    progress.step(
      'Demonstration',
      () => 'three accounts with clients and projects',
      async () => {
        const demo = await seedDemo({ url, operatorKey });
        await makeOwners(database.apiUrl, Object.values(demo));
        return demo;
      },
    ),
  );
  signal.throwIfAborted();
  const mail = settings.smtp ? 'sent by SMTP_URL' : `${url}/dev/mail`;
  const whereabouts = { url, mail, temporalUi: temporal.uiUrl, temporalAddress: temporal.address, operatorKey };
  await publishDemo(home, whereabouts, accounts);
  return summary(home, whereabouts, accounts, ((performance.now() - startedAt) / 1000).toFixed(1));
}

/** Waits for all even when one fails, so that the others are not left behind half up. */
async function allOrFail<const Parts extends readonly Promise<unknown>[]>(bringingUp: Parts) {
  await Promise.allSettled(bringingUp);
  return Promise.all(bringingUp);
}
