import type { Activities } from '../activities/index.ts';
import type { ProjectId } from '../domain/ids.ts';

/** Where the worker polls that works with these. */
export const dryTaskQueue = 'bench-dry';

/** The four steps as an onboarding meets them where all goes well, without a database: they answer at once, and nothing is written. */
export const drySteps: Pick<Activities, 'createAccount' | 'checkAllowance' | 'assignProject' | 'verifyStatus'> = {
  createAccount: async ({ clientId }) => ({ outcome: 'created', clientId }),
  checkAllowance: async () => ({ outcome: 'reserved' }),
  assignProject: async ({ projectId }) => ({ outcome: 'assigned', projectId: projectId as ProjectId }),
  verifyStatus: async () => ({ outcome: 'ready', shareWhenReady: false }),
};
