import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { ActivityDeps } from '../../activities/index.ts';
import { workerOptions } from '../../worker/create-worker.ts';
import { transportToTests } from './delivered-mail.ts';
import { pdfPress } from './pdf-press.ts';
import { publicUrl } from './public-url.ts';
import { WorkerOnSpareThread } from './workflow-threads.ts';

export interface FoyerWorkerOptions {
  /** Where Temporal is. */
  address: string;
  taskQueue: string;
  /** What its activities work with; the database as the worker's own role. Mail goes to whoever asks for it in this process, if nothing else is said. */
  deps: Omit<ActivityDeps, 'publicUrl' | 'mail' | 'pdfs'> & Partial<Pick<ActivityDeps, 'mail' | 'pdfs'>>;
  /** A file that holds the workflows as one script; without it they are bundled now, which takes seconds. */
  workflowBundle?: string;
}

/** A worker that polls until it is stopped. */
export interface FoyerWorker extends AsyncDisposable {
  /** Lets what runs come to its end, then resolves. */
  stop(): Promise<void>;
}

/** The worker as it is deployed, in this process. */
export async function startFoyerWorker({ address, taskQueue, deps, workflowBundle }: FoyerWorkerOptions): Promise<FoyerWorker> {
  quietRuntime();
  const connection = await NativeConnection.connect({ address });
  const config = { taskQueue, workflowBundle, version: undefined };
  const parts = { connection, namespace: 'default', deps: { publicUrl, mail: transportToTests, pdfs: pdfPress, ...deps }, config };
  const worker = await WorkerOnSpareThread.create(workerOptions(parts));
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
