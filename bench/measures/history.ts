import { makeReadyProjects, openAgency } from '../agency.ts';
import { createOnboarder, untilReady } from '../onboard.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';

/** How much Temporal keeps of an onboarding that never had to wait. */
export async function history(stage: Stage): Promise<Row[]> {
  const agency = await openAgency(stage, 'History');
  const onboarding = await createOnboarder(stage, agency, await makeReadyProjects(stage, agency.id, 1)).start();
  await untilReady(onboarding);
  const { historyLength } = await onboarding.describe();
  return [{ measure: 'history events of a finished onboarding', unit: '', samples: [historyLength], target: { atMost: 33 } }];
}
