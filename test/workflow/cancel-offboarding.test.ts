import { describe, expect, test } from 'vitest';
import type { PdfPress } from '../../report/pdf-press.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { leavingClient, offboardingInput, offboardingRow, packContent, startOffboarding } from '../harness/offboarding.ts';
import { tester } from '../harness/onboarding-input.ts';
import { pdfPress } from '../harness/pdf-press.ts';
import { openStage, openStageWithoutWorker, startStageWorker } from '../harness/stage.ts';
import { clientRow, sharingRow } from '../harness/written.ts';

const stage = await openStage();
const { database } = stage;
const hourMs = 3_600_000;

describe.concurrent('an offboarding that is cancelled', () => {
  test('by whoever asked for it, it leaves the client as it was and tells the contact', async () => {
    const { input, workflow, workflowId, agencyId, clientId, projectId, contactEmail } = await leavingClient(stage);
    expect(await stage.gateway.cancelOffboarding(workflowId, tester)).toBe('cancelled');
    expect(await workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await offboardingRow(database, input)).toMatchObject({ state: 'cancelled', pack_state: 'gone' });
    expect(await packContent(database, input)).toBeUndefined();
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
    expect(await sharingRow(database, agencyId, projectId)).toMatchObject({ state: 'shared' });
    expect((await mailsTo(stage, contactEmail)).map(({ kind }) => kind)).toEqual(['offboarding_notice', 'offboarding_cancelled']);
    expect(await stage.gateway.cancelOffboarding(workflowId, tester)).toBeUndefined();
  });

  test('in the Temporal UI, it is cancelled all the same', async () => {
    const { input, workflow } = await leavingClient(stage);
    await workflow.cancel();
    expect(await workflow.result()).toMatchObject({ state: 'cancelled' });
    expect(await offboardingRow(database, input)).toMatchObject({ state: 'cancelled' });
  });

  test.each([
    ['its pack is made', 1, hourMs],
    ['its pack is made once more, as its day has come', 2, 1_000],
  ])('while %s, it does not wait for that, and nothing of the pack is kept', async (_, held, inMs) => {
    let begun = 0;
    const drawing = Promise.withResolvers<void>();
    const drawn = Promise.withResolvers<void>();
    const pdfs: PdfPress = {
      ...pdfPress,
      async print(document, logo) {
        begun++;
        if (begun === held) {
          drawing.resolve();
          await drawn.promise;
        }
        return pdfPress.print(document, logo);
      },
    };
    const slow = { ...(await openStageWithoutWorker(database)), secrets: stage.secrets };
    await using worker = await startStageWorker(slow, { pdfs });
    const { input, workflow, workflowId, agencyId, clientId } = await leavingClient(slow, { inMs });
    await drawing.promise;
    try {
      expect(await slow.gateway.cancelOffboarding(workflowId, tester)).toBe('cancelled');
      expect(await workflow.result()).toMatchObject({ state: 'cancelled' });
      const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      expect(currentDetails).toBe('**Cancelled: the client stays**\n\nThe export pack is deleted.');
    } finally {
      drawn.resolve();
    }
    await worker.stop();
    expect(await offboardingRow(database, input)).toMatchObject({ state: 'cancelled', pack_state: 'gone' });
    expect(await packContent(database, input)).toBeUndefined();
    expect(await clientRow(database, agencyId, clientId)).toMatchObject({ state: 'active' });
  });

  test('it makes room for another one', async () => {
    const { workflowId, agencyId, clientId } = await leavingClient(stage);
    expect((await startOffboarding(stage, offboardingInput(agencyId, clientId))).decision).toMatchObject({ outcome: 'occupied' });
    await stage.gateway.cancelOffboarding(workflowId, tester);
    const again = await startOffboarding(stage, offboardingInput(agencyId, clientId));
    expect(again.decision).toEqual({ outcome: 'begun' });
    await again.workflow.terminate('done with');
  });
});
