import project from '../../package.json' with { type: 'json' };
import { recheckSignal } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { startUntil } from '../harness/onboarding.ts';
import { onboardingInput } from '../harness/onboarding-input.ts';
import { openOwnPostgres } from '../harness/own-postgres.ts';
import type { Stage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { hintsOnly } from '../harness/waits.ts';
import { commandScenarios, isLived, releaseOf } from './command-scenarios.ts';
import { openRecordingStage } from './recording-stage.ts';
import { saveHistory } from './saved-history.ts';
import { scenarios } from './scenarios.ts';

/**
 * `node test/replay/record.ts`, once a release, before it goes out: runs today's workflows through their lives and keeps the histories for
 * `replay.test.ts`. Those of earlier releases stay as they are. `node test/replay/record.ts 0.4 import-clients` keeps single lives for a release to come.
 */
const [release = releaseOf(project.version), ...only] = process.argv.slice(2);

const continued = ['continued-as-new', 'still-waiting-after-continued-as-new'];
const unknown = only.filter((life) => !(life in scenarios || life in commandScenarios || continued.includes(life)));
if (unknown.length > 0) throw new Error(`no such life: ${unknown.join(', ')}`);

function isRecorded(life: string): boolean {
  return isLived(life, release) && (only.length === 0 || only.includes(life));
}

async function recordOnboardings(stage: Stage): Promise<void> {
  for (const [name, run] of Object.entries(scenarios)) {
    if (!isRecorded(name)) continue;
    const { workflow } = await run(stage);
    if (!name.startsWith('still-')) await workflow.result();
    await saveHistory(release, name, await workflow.fetchHistory());
  }
}

async function recordCommands(stage: Stage): Promise<void> {
  for (const [name, run] of Object.entries(commandScenarios)) {
    if (!isRecorded(name)) continue;
    const workflow = stage.temporal.workflow.getHandle(await run(stage));
    await saveHistory(release, name, await workflow.fetchHistory());
  }
}

/** Both of its runs: the one that left its history behind, and the one that goes on. */
async function recordContinueAsNew(stage: Stage): Promise<void> {
  const agencyId = await openAgency(stage.database);
  const { workflow, workflowId } = await startUntil(stage, 'waiting_for_project', onboardingInput(agencyId, { waiting: hintsOnly }));
  const first = (await workflow.describe()).runId;
  await until('it continues as new', async () => {
    await workflow.signal(recheckSignal, { because: 'nothing, really' });
    return (await workflow.describe()).runId !== first;
  });
  await until('the new run waits', async () => (await workflow.describe()).historyLength > 15);
  await saveHistory(release, 'continued-as-new', await stage.temporal.workflow.getHandle(workflowId, first).fetchHistory());
  await saveHistory(release, 'still-waiting-after-continued-as-new', await workflow.fetchHistory());
}

{
  await using postgres = await openOwnPostgres();
  {
    await using stage = await openRecordingStage(postgres.database);
    await recordOnboardings(stage);
    await recordCommands(stage);
  }
  if (continued.some(isRecorded)) {
    await using impatient = await openRecordingStage(postgres.database, { 'limit.historyCount.suggestContinueAsNew': 45 });
    await recordContinueAsNew(impatient);
  }
}
// The threads that its workers have left behind for others keep it.
process.exit();
