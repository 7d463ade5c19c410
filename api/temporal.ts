import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { SearchAttributePair, WorkflowResultType } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import type { OffboardingState } from '../domain/offboarding.ts';
import type { OnboardingSource, OnboardingState } from '../domain/onboarding.ts';
import {
  type AssignProjectCommand,
  type AssignProjectResult,
  assignProjectUpdate,
  cancelOffboardingUpdate,
  cancelUpdate,
  defaultMailDelivery,
  mailQueuedSignal,
  mailWorkflowId,
  type OffboardClientInput,
  type OffboardingDecision,
  type OnboardClientInput,
  offboardingDecisionUpdate,
  offboardingWorkflowId,
  onboardingWorkflowId,
  recheckSignal,
  type ShareWhenReadyCommand,
  searchAttributes,
  shareWhenReadyUpdate,
} from '../workflows/contract.ts';
import { aboutClient, describeOnboarding } from '../workflows/describe-onboarding.ts';
import type * as workflows from '../workflows/index.ts';
import { refused } from './refused.ts';
import { type ImportCommands, importCommands } from './temporal-imports.ts';
import { temporalReach } from './temporal-reach.ts';
import { type SharingCommands, sharingCommands } from './temporal-sharing.ts';
import { type CommandReach, updateIfOpen } from './temporal-update.ts';

/** The short workflows that carry out one command and answer with its result. */
export type Commands = Pick<
  typeof workflows,
  | 'createProject'
  | 'assignProject'
  | 'deliverReport'
  | 'updateClient'
  | 'editClient'
  | 'archiveClient'
  | 'restoreClient'
  | 'mergeClients'
  | 'cancelOffboarding'
  | 'cancelOnboarding'
  | 'eraseClient'
>;

export interface CommandStart<Name extends keyof Commands> {
  workflowId: string;
  input: Parameters<Commands[Name]>[0];
  /** One line for the Temporal UI. */
  summary: string;
  /** Of the request, where the id follows from its idempotency key: another request under the same id is refused with `IDEMPOTENCY_KEY_REUSED`. */
  fingerprint?: string;
  /** Whom it is about, for operations to find it by. */
  about?: { agencyId: AgencyId; clientId: ClientId };
}

/** How long a question to Temporal may take. */
const requestTimeoutMs = 5_000;
/** What a worker took and lost is handed out again after ten seconds; a command outlives that, rather than to be refused just then. */
const defaultCommandTimeoutMs = 15_000;

/** The only place that talks to Temporal. When it is away every method refuses with `TEMPORARILY_UNAVAILABLE`. */
export interface TemporalGateway extends SharingCommands, ImportCommands {
  /**
   * Starts the onboarding, or finds it started before: then `acceptedAt` is the time of the first start. A start of another request under the same
   * id is refused with `IDEMPOTENCY_KEY_REUSED`.
   */
  startOnboarding(input: OnboardClientInput, fingerprint: string): Promise<{ outcome: 'started' | 'found'; acceptedAt: Date }>;
  /** What started an onboarding that no worker has come to yet; undefined where there is none. */
  findOnboarding(workflowId: string): Promise<{ source: OnboardingSource; createdAt: Date } | undefined>;
  /** Undoes an onboarding and answers the state reached; undefined when it had ended, or its workflow is not there any more. */
  cancelOnboarding(workflowId: string, actor: Actor): Promise<OnboardingState | undefined>;
  /** Gives a waiting onboarding its project; undefined when it does not wait for one. */
  offerProject(workflowId: string, command: AssignProjectCommand): Promise<AssignProjectResult | undefined>;
  /** Whether the report of an onboarding is shared as soon as it may be; nothing where that has ended. */
  chooseShareWhenReady(workflowId: string, command: ShareWhenReadyCommand): Promise<void>;
  /** Starts the offboarding and answers what it came to; the same request again answers the same. */
  startOffboarding(input: OffboardClientInput, fingerprint: string): Promise<OffboardingDecision>;
  /** Cancels an offboarding and answers the state reached; undefined when its workflow is not there any more. */
  cancelOffboarding(workflowId: string, actor: Actor): Promise<OffboardingState | undefined>;
  /** A hint, sent without waiting: a lost one costs the onboarding some minutes. */
  recheck(workflowIds: readonly string[], because: string): void;
  /** Runs a command to its result; the same id again answers the same, and with another fingerprint is refused. */
  execute<Name extends keyof Commands>(name: Name, start: CommandStart<Name>): Promise<WorkflowResultType<Commands[Name]>>;
  /** Starts a command and leaves it to run; the same id again starts nothing. */
  start<Name extends keyof Commands>(name: Name, start: CommandStart<Name>): Promise<void>;
  /** A hint, sent without waiting: mail that nobody told of is found within a minute. */
  mailQueued(): void;
  isReachable(): Promise<boolean>;
  /** Resolves once no hint is on its way any more: whoever closes the connection waits for it. */
  settled(): Promise<void>;
}

interface TemporalGatewayOptions {
  client: Client;
  /** Where the workers poll. */
  taskQueue: string;
  log: Logger;
  /** How long a command may take before the caller is told to ask again. */
  commandTimeoutMs?: number;
}

export function createTemporalGateway({ client, taskQueue, log, commandTimeoutMs = defaultCommandTimeoutMs }: TemporalGatewayOptions): TemporalGateway {
  const { workflow } = client;
  const { within, isReachable } = temporalReach(client);
  const reach: CommandReach = { workflow, taskQueue, ask: (question) => within(commandTimeoutMs, question) };
  const once = { taskQueue, workflowIdReusePolicy: 'REJECT_DUPLICATE', workflowIdConflictPolicy: 'FAIL' } as const;

  const hints = new Set<Promise<unknown>>();
  /** Nobody waits for a hint, but the end of the process. */
  function onItsWay(hint: Promise<unknown>): void {
    hints.add(hint);
    void hint.finally(() => hints.delete(hint));
  }

  async function startOnce<Name extends keyof Commands>(name: Name, { workflowId, input, summary, fingerprint, about }: CommandStart<Name>): Promise<void> {
    const memo = fingerprint !== undefined && { memo: { fingerprint } };
    const found = about && { typedSearchAttributes: aboutClient(about) };
    try {
      await workflow.start<Commands[keyof Commands]>(name, { ...once, workflowId, args: [input as never], staticSummary: summary, ...memo, ...found });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (fingerprint !== undefined) await refuseOther(workflowId, fingerprint);
    }
  }

  async function refuseOther(workflowId: string, fingerprint: string): Promise<WorkflowExecutionDescription> {
    const known = await workflow.getHandle(workflowId).describe();
    if (known.memo?.['fingerprint'] !== fingerprint) throw refused('IDEMPOTENCY_KEY_REUSED');
    return known;
  }

  return {
    ...importCommands(reach, refuseOther),
    ...sharingCommands(reach),

    async startOnboarding(input, fingerprint) {
      const workflowId = onboardingWorkflowId(input.agencyId, input.onboardingId);
      const acceptedAt = new Date();
      return within(requestTimeoutMs, async () => {
        try {
          await workflow.start<typeof workflows.onboardClient>('onboardClient', {
            ...once,
            workflowId,
            args: [input],
            memo: { fingerprint, acceptedAt: acceptedAt.toISOString() },
            ...describeOnboarding(input),
          });
          return { outcome: 'started', acceptedAt };
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        }
        return { outcome: 'found', acceptedAt: acceptedAtOf(await refuseOther(workflowId, fingerprint)) };
      });
    },

    async findOnboarding(workflowId) {
      try {
        const started = await within(requestTimeoutMs, () => workflow.getHandle(workflowId).describe());
        // The source is written by `startOnboarding` alone.
        return { source: started.typedSearchAttributes.get(searchAttributes.source) as OnboardingSource, createdAt: acceptedAtOf(started) };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },

    cancelOnboarding: (workflowId, actor) => updateIfOpen(reach, workflowId, cancelUpdate, { actor }),
    offerProject: (workflowId, command) => updateIfOpen(reach, workflowId, assignProjectUpdate, command),
    async chooseShareWhenReady(workflowId, command) {
      await updateIfOpen(reach, workflowId, shareWhenReadyUpdate, command);
    },

    async startOffboarding(input, fingerprint) {
      const workflowId = offboardingWorkflowId(input.agencyId, input.offboardingId);
      const start = { ...once, workflowId, args: [input], memo: { fingerprint }, ...describedOffboarding(input) } as const;
      return within(commandTimeoutMs, async () => {
        try {
          await workflow.start<typeof workflows.offboardClient>('offboardClient', start);
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await refuseOther(workflowId, fingerprint);
        }
        const offboarding = workflow.getHandle<typeof workflows.offboardClient>(workflowId);
        try {
          return await offboarding.executeUpdate(offboardingDecisionUpdate);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          // It was refused, and has ended before it could be asked.
          return (await offboarding.result()).decision;
        }
      });
    },

    cancelOffboarding: (workflowId, actor) => updateIfOpen(reach, workflowId, cancelOffboardingUpdate, { actor }),

    recheck(workflowIds, because) {
      const tell = async (workflowId: string) => {
        try {
          await within(requestTimeoutMs, () => workflow.getHandle(workflowId).signal(recheckSignal, { because }));
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) log.warn({ err: error, workflowId }, 'hint lost; the onboarding looks again by itself');
        }
      };
      // In order, so that whoever has waited longest looks first.
      onItsWay(workflowIds.reduce((before, workflowId) => before.then(() => tell(workflowId)), Promise.resolve()));
    },

    async execute(name, start) {
      await within(requestTimeoutMs, () => startOnce(name, start));
      return within(commandTimeoutMs, () => workflow.getHandle<Commands[typeof name]>(start.workflowId).result());
    },

    async start(name, start) {
      await within(requestTimeoutMs, () => startOnce(name, start));
    },

    mailQueued() {
      const start = { taskQueue, workflowId: mailWorkflowId(taskQueue), args: [defaultMailDelivery], staticSummary: 'Deliver mail' } as const;
      const told = within(requestTimeoutMs, () =>
        workflow.signalWithStart<typeof workflows.deliverMails, []>('deliverMails', { ...start, signal: mailQueuedSignal, signalArgs: [] }),
      );
      onItsWay(told.catch((error: unknown) => log.warn({ err: error }, 'hint lost; mail is found within a minute')));
    },

    isReachable,

    async settled() {
      while (hints.size > 0) await Promise.all(hints);
    },
  };
}

/** When the API took the request; an onboarding of the first release tells only when Temporal started it. */
function acceptedAtOf({ memo, startTime }: WorkflowExecutionDescription): Date {
  const acceptedAt = memo?.['acceptedAt'];
  return typeof acceptedAt === 'string' ? new Date(acceptedAt) : startTime;
}

function describedOffboarding({ agencyId, clientId, endsAt }: OffboardClientInput) {
  const attributes: SearchAttributePair[] = [...aboutClient({ agencyId, clientId }), { key: searchAttributes.state, value: 'offboarding' }];
  return {
    typedSearchAttributes: attributes,
    staticSummary: `Offboard a client on ${endsAt.slice(0, 10)}`,
    staticDetails: `- Client account: \`${clientId}\`\n- Agency: \`${agencyId}\``,
  };
}
