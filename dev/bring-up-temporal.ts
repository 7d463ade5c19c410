import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import { searchAttributes } from '../workflows/contract.ts';
import { useExistingTemporal } from './existing-temporal.ts';
import { shortPath } from './progress.ts';
import type { StartContext } from './start-context.ts';
import { type Stoppable, supervise } from './supervise.ts';
import { startTemporal } from './temporal.ts';
import { findTemporalCli } from './temporal-cli.ts';

export interface BroughtUpTemporal {
  address: string;
  namespace: string;
  connectionOptions: ConnectionOptions;
  uiUrl: string | null;
  /** The whole environment for processes that use this server. */
  env: NodeJS.ProcessEnv;
}

/**
 * Brings up the embedded Temporal server, or takes the one of `TEMPORAL_ADDRESS`.
 *
 * @param onUp told the embedded server as soon as it runs, so that it is stopped even when what follows fails
 */
export async function bringUpTemporal(context: StartContext, onUp: (temporal: Stoppable) => void): Promise<BroughtUpTemporal> {
  const { temporalAddress: address, temporalUiUrl } = context.settings;
  if (address === undefined) return bringUpServer(context, onUp);
  const { namespace, connectionOptions } = await context.progress.step(
    'Temporal',
    (existing) => `${address}, namespace ${existing.namespace}`,
    () => useExistingTemporal(address, Object.values(searchAttributes)),
  );
  return { address, namespace, connectionOptions, uiUrl: temporalUiUrl ?? null, env: process.env };
}

async function bringUpServer(context: StartContext, onUp: (temporal: Stoppable) => void): Promise<BroughtUpTemporal> {
  const { settings, home, ports, children, progress } = context;
  const cli = await findTemporalCli((destination) => progress.say(`  Fetching the Temporal CLI, once for this machine, to ${destination}`));
  const dbFilename = home.file('temporal/temporal.db');
  const logFile = home.logFile('temporal');
  await mkdir(dirname(dbFilename), { recursive: true, mode: 0o700 });
  const port = await ports.choose('temporal');
  const start = () =>
    startTemporal({
      cli,
      dbFilename,
      port,
      uiPort: settings.temporalUiPort,
      namespace: settings.temporalNamespace,
      searchAttributes: Object.values(searchAttributes),
      logFile,
      onSpawn: (pid) => children.add('Temporal', 'start-dev', pid),
    });
  const where = () => `127.0.0.1:${port}, UI on port ${settings.temporalUiPort}, data in ${shortPath(dbFilename)}`;
  const temporal = await progress.step('Temporal', where, start);
  onUp(supervise(temporal, { name: 'Temporal', logFile, start, say: progress.say }));
  const { address, namespace } = temporal;
  const uiUrl = `http://127.0.0.1:${settings.temporalUiPort}`;
  const configFile = home.file('temporal/temporal.toml');
  await writeFile(configFile, `[profile.default]\naddress = "${address}"\nnamespace = "${namespace}"\n`);
  const env = {
    ...environmentWithoutTemporal(),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: configFile,
    FOYER_TEMPORAL_UI_URL: uiUrl,
  };
  return { address, namespace, connectionOptions: { address }, uiUrl, env };
}

/** A developer's own Temporal settings (a cloud profile, TLS, an API key) are for another server than the embedded one. */
function environmentWithoutTemporal(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
