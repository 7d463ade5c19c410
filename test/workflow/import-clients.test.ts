import { WorkflowFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId, ImportId } from '../../domain/ids.ts';
import { importWorkflowId, onboardingWorkflowId } from '../../workflows/contract.ts';
import { openAgency } from '../harness/agency.ts';
import { openDatabase } from '../harness/database.ts';
import { obstructUndo } from '../harness/failing-undo.ts';
import { holdLock } from '../harness/held-lock.ts';
import { newImportId, newOnboardingId } from '../harness/ids.ts';
import { importedRows, importRow, quickPolicy, startImport, storedImport } from '../harness/import.ts';
import { inTime, twiceMs } from '../harness/in-time.ts';
import { tester } from '../harness/onboarding-input.ts';
import { openStage, openStageWithoutWorker, type Stage, startStageWorker } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { events, slots, stepStates } from '../harness/written.ts';

const stage = await openStage();
const { database, gateway, temporal } = stage;

const manyRows = (count: number) => Array.from({ length: count }, (_, index) => importRow({ name: `Client ${index}`, notes: 'internal' }));

/** Begins an onboarding with nobody to work at it, and ends it. */
async function lost({ temporal, taskQueue }: Stage, workflowId: string) {
  const begun = await temporal.workflow.start('onboardClient', { taskQueue, workflowId });
  await begun.terminate('lost');
}

describe.concurrent('an import', () => {
  test('goes on where it was when its worker stops in the middle and another one comes, and makes each client once, and that of an onboarding which was ended before it began', async () => {
    await using database = await openDatabase();
    const alone = await openStageWithoutWorker(database);
    const agencyId = await openAgency(database, { clientLimit: 50 });
    const { workflow, importId } = await startImport(alone, agencyId, manyRows(10), { atOnce: 2 });
    const [row] = await importedRows(database, importId);
    await lost(alone, onboardingWorkflowId(agencyId, row?.onboarding_id ?? newOnboardingId()));
    const settled = async () => (await importedRows(database, importId)).filter(({ outcome }) => outcome === 'created').length;

    const first = await startStageWorker(alone);
    await until('it is in the middle', async () => (await settled()) > 1);
    await first.stop();
    expect(await settled()).toBeLessThan(10);
    await using _next = await startStageWorker(alone);
    expect(await workflow.result()).toEqual({ state: 'done' });

    expect(await settled()).toBe(10);
    const meant = (await importedRows(database, importId)).map((row) => onboardingWorkflowId(agencyId, row.onboarding_id));
    const begun = await database.admin.selectFrom('onboardings').select('workflow_id').where('agency_id', '=', agencyId).execute();
    expect(begun.map(({ workflow_id }) => workflow_id).toSorted()).toEqual(meant.toSorted());
    expect(await events(database, agencyId, 'client.created')).toHaveLength(10);
    expect(await slots(database, agencyId)).toEqual({ used: 10, active: 10 });
  });

  test('starts an onboarding anew that was terminated before it was decided, and makes its client once', async () => {
    const agencyId = await openAgency(database);
    const importId = await storedImport(database, agencyId, manyRows(1));
    const [row] = await importedRows(database, importId);
    if (!row) throw new Error('it has no row');
    const { onboarding_id: onboardingId, new_client_id: clientId } = row;
    const obstacle = await obstructUndo(database, clientId);
    await gateway.startImport({ agencyId, importId, policy: { ...quickPolicy, lostAfterMs: 1 } }, 'one');
    const onboarding = temporal.workflow.getHandle(onboardingWorkflowId(agencyId, onboardingId));
    await until('its first step is done', async () => (await stepStates(database, agencyId, onboardingId))[0] === 'done');
    await until('its second step fails', async () => {
      const { raw } = await onboarding.describe();
      return raw.pendingActivities?.some(({ lastFailure }) => lastFailure);
    });
    await onboarding.terminate('it fails again and again');
    await obstacle.clear();

    expect(await temporal.workflow.getHandle(importWorkflowId(agencyId, importId)).result()).toEqual({ state: 'done' });
    expect(await importedRows(database, importId)).toMatchObject([{ outcome: 'created', client_id: clientId }]);
    expect(await events(database, agencyId, 'client.created', 'client.activated')).toHaveLength(2);
    expect(await slots(database, agencyId)).toEqual({ used: 1, active: 1 });
  });

  test('that is cancelled gives up what it has not come to; what has begun goes on', async () => {
    const agencyId = await openAgency(database);
    await using plan = await holdLock(database, 'select from plans where agency_id = $1 for update', [agencyId]);
    const { workflow, workflowId, importId } = await startImport(stage, agencyId, manyRows(4), { atOnce: 1 });
    await plan.wanted();
    await gateway.cancelImport(workflowId, tester);
    expect((await importedRows(database, importId)).map(({ outcome }) => outcome)).toEqual(['running', 'cancelled', 'cancelled', 'cancelled']);
    await plan.release();

    expect(await workflow.result()).toEqual({ state: 'cancelled' });
    await gateway.cancelImport(workflowId, tester);
    expect((await importedRows(database, importId)).map(({ outcome }) => outcome)).toEqual(['created', 'cancelled', 'cancelled', 'cancelled']);
    expect(await events(database, agencyId, 'import.cancelled')).toMatchObject([{ actor: tester, after: { created: 1, cancelled: 3 } }]);
  });

  test('whose rows never came ends as failed, and the same request can be made again', async () => {
    const [agencyId, importId] = [await openAgency(database), newImportId()];
    const input = { agencyId, importId, policy: { ...quickPolicy, storedWithinMs: 300 } };
    await gateway.startImport(input, 'one');
    const handle = () => temporal.workflow.getHandle(importWorkflowId(agencyId, importId));
    await expect(handle().result()).rejects.toBeInstanceOf(WorkflowFailedError);
    const { runId: failed } = await handle().describe();

    const stored = await storedImport(database, agencyId, manyRows(1));
    for (const _ of ['once', 'again']) await gateway.startImport({ agencyId, importId: stored, policy: quickPolicy }, 'two');
    expect(await temporal.workflow.getHandle(importWorkflowId(agencyId, stored)).result()).toEqual({ state: 'done' });
    await gateway.startImport(input, 'one');
    expect((await handle().describe()).runId).not.toBe(failed);
  });

  test('keeps what the file says of a client only until the client has it, and of other rows for a time', { timeout: twiceMs }, async () => {
    const told = async (importId: ImportId) => (await importedRows(database, importId)).map(({ name, contact_email }) => [name, contact_email]);
    const called = (agencyId: AgencyId, importId: ImportId) =>
      inTenant(database.owner, agencyId, (tx) => tx.selectFrom('imports').select('file_name').where('id', '=', importId).executeTakeFirst());
    const { agencyId, importId, kept } = await inTime(async (pace) => {
      const agencyId = await openAgency(database);
      const rows = [importRow({ name: 'Acme', contactEmail: 'ops@acme.example' }), importRow({ name: 'ACME Ltd', contactEmail: 'ops@acme.example' })];
      const importId = await storedImport(database, agencyId, rows, { fileName: 'clients of may.csv' });
      await inTenant(database.owner, agencyId, (tx) => tx.updateTable('import_rows').set({ twin_line: 1 }).where('line', '=', 2).execute());
      const rowsKeptMs = 3_000 * pace;
      await gateway.startImport({ agencyId, importId, policy: { ...quickPolicy, rowsKeptMs } }, 'one');
      const [finished] = await until('it is through', async () => {
        const found = await events(database, agencyId, 'import.finished');
        return found.length === 1 && found;
      });
      const kept = { rows: await told(importId), file: await called(agencyId, importId) };
      return finished && Date.now() < finished.at.getTime() + rowsKeptMs ? { agencyId, importId, kept } : undefined;
    });
    expect(kept).toEqual({
      rows: [
        [null, null],
        ['ACME Ltd', 'ops@acme.example'],
      ],
      file: { file_name: 'clients of may.csv' },
    });
    await temporal.workflow.getHandle(importWorkflowId(agencyId, importId)).result();
    expect(await told(importId)).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await called(agencyId, importId)).toEqual({ file_name: null });
  });
});
