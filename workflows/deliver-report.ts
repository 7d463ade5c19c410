import type { DeliverReportInput, DeliverReportResult } from '../activities/deliver-report.ts';
import { recheckOnboardings } from './recheck-onboardings.ts';
import { named, steps } from './steps.ts';

/** Takes in a report, and tells the onboarding that waits for the project's status. */
export async function deliverReport(input: DeliverReportInput): Promise<DeliverReportResult> {
  const delivered = await steps.deliverReport.executeWithOptions(named('Deliver report'), [input]);
  if (delivered.outcome === 'delivered') await recheckOnboardings(delivered.waitingWorkflowIds, 'a report was delivered');
  return delivered;
}
