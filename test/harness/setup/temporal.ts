import { join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { startTemporal } from '../../../dev/temporal.ts';
import { searchAttributes } from '../../../workflows/contract.ts';
import { once } from './run.ts';

/** The Temporal server of the run, in memory. */
export interface TemporalOfRun {
  address: string;
  namespace: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    temporal: TemporalOfRun;
  }
}

export function temporalOfRun(vitest: Vitest): Promise<TemporalOfRun> {
  return once(vitest, 'temporal', async ({ directory, atEnd }) => {
    const server = await startTemporal({
      searchAttributes: Object.values(searchAttributes),
      logFile: join(directory, 'temporal.log'),
      // A deletion is carried out at the next of these; by default that is a minute.
      dynamicConfig: { 'history.transferProcessorUpdateAckInterval': '500ms', 'history.visibilityProcessorUpdateAckInterval': '500ms' },
    });
    atEnd(() => server.stop());
    return { address: server.address, namespace: server.namespace };
  });
}
