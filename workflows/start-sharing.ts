import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, sleep, startChild } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId, ClientId, ProjectId } from '../domain/ids.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import { patientSharingPolicy } from '../domain/sharing-policy.ts';
import { searchAttributes, shareReportWorkflowId } from './contract.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import type { shareReport } from './share-report.ts';
import { named, steps } from './steps.ts';

/** Before 0.4 a sharing that had ended, and had not noticed yet, was taken for one that needs no other. */
const outwaitsFormer = 'outwaits-former-sharing';
/** One that is told ends within moments; where it cannot, the waiting must not fill this workflow's history. */
const longestPauseMs = 3_600_000;

interface WishedSharing {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId;
  actor: Actor;
}

/**
 * Shares a report without anybody waiting for it. The sharing goes on by itself; one that there is already needs no other. One that has ended, as it
 * has where the project was another client's, is told so and outwaited.
 */
export async function startSharing(wished: WishedSharing): Promise<void> {
  const { agencyId, projectId } = wished;
  for (let pauseMs = 250; !(await begin(wished)); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    if (!patched(outwaitsFormer)) return;
    const { state } = await steps.lookAtSharing.executeWithOptions(named('Look at the sharing that there is'), [{ agencyId, projectId }]);
    if (state === 'shared' || state === 'checking') return;
    await recheckOnboardings([shareReportWorkflowId(agencyId, projectId)], 'another sharing is to begin');
    await sleep(pauseMs, { summary: 'Until the sharing before it has ended' });
  }
}

/** False where a sharing of the project is there. */
async function begin({ agencyId, projectId, clientId, actor }: WishedSharing): Promise<boolean> {
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
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}
