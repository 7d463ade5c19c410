import { Worker } from '@temporalio/worker';

type ThreadTerms = Parameters<typeof WorkerOnSpareThread.startThread>;
type Thread = Awaited<ReturnType<typeof WorkerOnSpareThread.startThread>>;
type BundleTerms = Parameters<typeof WorkerOnSpareThread.readBundle>;
type Bundle = Awaited<ReturnType<typeof WorkerOnSpareThread.readBundle>>;

/** By their file, for the many workers of a process that run the same. */
const bundles = new Map<string, Promise<Bundle>>();
/** Threads that workers have left behind, by what they run. */
const spareThreads = new WeakMap<ThreadTerms[0], Thread[]>();

/**
 * A worker that takes over the thread of one that was stopped, and leaves it behind in its turn: a thread loads the SDK and compiles all workflows, which
 * costs more than most test files then do on it. Workers that poll side by side have one each, as they may come to run the same workflow.
 */
export class WorkerOnSpareThread extends Worker {
  static readonly startThread = Worker.createWorkflowCreator;
  static readonly readBundle = Worker.getOrCreateBundle;

  protected static override async createWorkflowCreator(...terms: ThreadTerms): Promise<Thread> {
    const [bundle] = terms;
    const spare = spareThreads.get(bundle) ?? [];
    spareThreads.set(bundle, spare);
    const thread = spare.pop() ?? (await WorkerOnSpareThread.startThread(...terms));
    return {
      createWorkflow: (options) => thread.createWorkflow(options),
      async destroy() {
        spare.push(thread);
      },
    };
  }

  protected static override getOrCreateBundle(...terms: BundleTerms): Promise<Bundle> {
    const [{ workflowBundle }] = terms;
    const path = workflowBundle && 'codePath' in workflowBundle ? workflowBundle.codePath : undefined;
    const bundle = (path !== undefined && bundles.get(path)) || WorkerOnSpareThread.readBundle(...terms);
    if (path !== undefined) bundles.set(path, bundle);
    return bundle;
  }
}
