import { isGrpcServiceError, ServiceError, WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ProjectId } from '../domain/ids.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import { defaultSharingPolicy } from '../domain/sharing-policy.ts';
import {
  rotateSharingUpdate,
  type ShareCommand,
  type SharingAnswer,
  searchAttributes,
  shareReportWorkflowId,
  shareUpdate,
  switchOffSharingUpdate,
} from '../workflows/contract.ts';
import type * as workflows from '../workflows/index.ts';
import type { CommandReach } from './temporal-update.ts';

/** The sharing that a command is for, and the request it comes from: the same request again is carried out once. */
export interface SharingRequest {
  agencyId: AgencyId;
  projectId: ProjectId;
  actor: Actor;
  requestId: string;
}

/** Commands to the workflow that tends a project's sharing; it is started where there is none. */
export interface SharingCommands {
  share(request: SharingRequest & Pick<ShareCommand, 'clientId' | 'expiresAt'>): Promise<SharingAnswer>;
  rotateSharing(request: SharingRequest): Promise<SharingAnswer>;
  switchOffSharing(request: SharingRequest): Promise<SharingAnswer>;
}

/** A workflow may come to its end just when a command reaches it; then the next one takes it. */
const attempts = 5;

export function sharingCommands({ workflow, taskQueue, ask }: CommandReach): SharingCommands {
  function startOf({ agencyId, projectId }: SharingRequest) {
    return new WithStartWorkflowOperation<typeof workflows.shareReport>('shareReport', {
      workflowId: shareReportWorkflowId(agencyId, projectId),
      taskQueue,
      args: [{ agencyId, projectId, begin: null, policy: defaultSharingPolicy }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: [
        { key: searchAttributes.agency, value: agencyId },
        { key: searchAttributes.state, value: 'private' satisfies RecordedSharingState },
      ],
      staticSummary: 'Share a report',
      staticDetails: `- Project: \`${projectId}\`\n- Agency: \`${agencyId}\``,
    });
  }

  async function command(request: SharingRequest, send: (start: ReturnType<typeof startOf>, updateId: string) => Promise<SharingAnswer>) {
    return ask(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(startOf(request), request.requestId);
        } catch (error) {
          if (attempt === attempts || !hasJustEnded(error)) throw error;
        }
      }
    });
  }

  return {
    share: ({ clientId, expiresAt, ...request }) =>
      command(request, (startWorkflowOperation, updateId) => {
        const { actor, requestId } = request;
        const args: [ShareCommand] = [{ actor, requestId, ...(clientId && { clientId }), ...(expiresAt !== undefined && { expiresAt }) }];
        return workflow.executeUpdateWithStart(shareUpdate, { startWorkflowOperation, updateId, args });
      }),
    rotateSharing: (request) =>
      command(request, (startWorkflowOperation, updateId) => {
        const { actor, requestId } = request;
        return workflow.executeUpdateWithStart(rotateSharingUpdate, { startWorkflowOperation, updateId, args: [{ actor, requestId }] });
      }),
    switchOffSharing: (request) =>
      command(request, (startWorkflowOperation, updateId) =>
        workflow.executeUpdateWithStart(switchOffSharingUpdate, { startWorkflowOperation, updateId, args: [{ actor: request.actor }] }),
      ),
  };
}

/** gRPC's NOT_FOUND and ABORTED: what the command was sent to has come to its end meanwhile. */
const endedCodes: readonly number[] = [5, 10];

function hasJustEnded(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(cause)) return endedCodes.includes(cause.code);
  return error instanceof WorkflowNotFoundError || (error instanceof WorkflowUpdateFailedError && /completed/.test(error.cause?.message ?? error.message));
}
