import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, ProjectId } from '../domain/ids.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import { patientSharingPolicy } from '../domain/sharing-policy.ts';
import { searchAttributes, shareReportWorkflowId } from './contract.ts';
import type { shareReport } from './share-report.ts';

interface WishedSharing {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId;
  actor: Actor;
}

/** Shares a report without anybody waiting for it. The sharing goes on by itself; one that there is already needs no other. */
export async function startSharing({ agencyId, projectId, clientId, actor }: WishedSharing): Promise<void> {
  const workflowId = shareReportWorkflowId(agencyId, projectId);
  try {
    await startChild<typeof shareReport>('shareReport', {
      workflowId,
      args: [{ agencyId, projectId, begin: { actor, clientId, requestId: `when-ready/${clientId}` }, policy: patientSharingPolicy }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: [
        { key: searchAttributes.agency, value: agencyId },
        { key: searchAttributes.client, value: clientId },
        { key: searchAttributes.state, value: 'private' satisfies RecordedSharingState },
      ],
      staticSummary: 'Share a report',
      staticDetails: `- Project: \`${projectId}\`\n- Agency: \`${agencyId}\`\n- Asked for at its onboarding`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
