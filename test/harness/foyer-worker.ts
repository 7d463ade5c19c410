import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { createWorker } from '../../worker/create-worker.ts';

export interface FoyerWorkerOptions {
  /** Where Temporal is. */
  address: string;
  taskQueue: string;
  /** The worker's own role. */
  db: Kysely<Database>;
  /** A file that holds the workflows as one script; without it they are bundled now, which takes seconds. */
  workflowBundle?: string;
}

/** A worker that polls until it is stopped. */
export interface FoyerWorker extends AsyncDisposable {
  /** Lets what runs come to its end, then resolves. */
  stop(): Promise<void>;
}

/** The worker as it is deployed, in this process. */
export async function startFoyerWorker({ address, taskQueue, db, workflowBundle }: FoyerWorkerOptions): Promise<FoyerWorker> {
  quietRuntime();
  const connection = await NativeConnection.connect({ address });
  const config = { taskQueue, workflowBundle, version: undefined };
  const worker = await createWorker({ connection, namespace: 'default', db, config });
  const running = worker.run();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      worker.shutdown();
      await running;
      await connection.close();
    })();
    return stopped;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}

let quiet = false;
/** What these tests provoke (failing activities, rejected updates) is no news; a runtime can be installed once a process. */
function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
}
