import { devNull } from 'node:os';
import { searchAttributes } from '../workflows/contract.ts';
import type { BringUpContext } from './bring-up-database.ts';
import { useExistingTemporal } from './existing-temporal.ts';
import { freePort } from './ports.ts';
import { shortPath } from './progress.ts';
import { type Stoppable, supervise } from './supervise.ts';
import { startTemporal } from './temporal.ts';
import { findTemporalCli } from './temporal-cli.ts';

export interface BroughtUpTemporal {
  address: string;
  uiUrl: string | null;
  /** The whole environment for processes that use this server. */
  env: NodeJS.ProcessEnv;
}

/**
 * Brings up the embedded Temporal server, or takes the one of `TEMPORAL_ADDRESS`.
 *
 * @param onUp told the embedded server as soon as it runs
 */
export async function bringUpTemporal(context: BringUpContext, onUp: (temporal: Stoppable) => void): Promise<BroughtUpTemporal> {
  const { temporalAddress: address, temporalNamespace: namespace, temporalUiUrl } = context.settings;
  if (address === undefined) return bringUpServer(context, onUp);
  const use = () => useExistingTemporal(address, namespace, Object.values(searchAttributes));
  await context.progress.step('Temporal', () => `${address}, namespace ${namespace}`, use);
  const env = { ...process.env, TEMPORAL_NAMESPACE: namespace, ...(temporalUiUrl === undefined ? {} : { FOYER_TEMPORAL_UI_URL: temporalUiUrl }) };
  return { address, uiUrl: temporalUiUrl ?? null, env };
}

async function bringUpServer({ settings, home, children, progress }: BringUpContext, onUp: (temporal: Stoppable) => void): Promise<BroughtUpTemporal> {
  const cli = await findTemporalCli((destination) => progress.say(`  Fetching the Temporal CLI, once for this machine, to ${destination}`));
  const dbFilename = home.file('temporal.db');
  const logFile = home.logFile('temporal');
  const port = await freePort((await home.readPorts()).temporal);
  await home.rememberPort('temporal', port);
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
  const uiUrl = `http://127.0.0.1:${settings.temporalUiPort}`;
  return { address: temporal.address, uiUrl, env: environmentFor(temporal.address, temporal.namespace, uiUrl) };
}

/** A developer's own Temporal settings (a cloud profile, TLS, an API key) are for another server than this one. */
function environmentFor(address: string, namespace: string, uiUrl: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: devNull,
    FOYER_TEMPORAL_UI_URL: uiUrl,
  };
}
