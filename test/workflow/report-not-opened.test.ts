import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anotherApi } from '../harness/api.ts';
import { activitiesIn, historyOf } from '../harness/history.ts';
import type { ProjectOf } from '../harness/project.ts';
import { readyToShare, type Sharing, sharingIs, sharingRequest, startSharing } from '../harness/share-report.ts';
import { openStage } from '../harness/stage.ts';
import { until } from '../harness/until.ts';
import { events, sharingRow } from '../harness/written.ts';

const stage = await openStage();
const { database, door } = stage;
const api = await anotherApi(stage);
door.open(api.app);

const hourMs = 3_600_000;

describe('a reminder that nobody has opened the links', () => {
  async function gaveAnHourEarlier({ projectId }: ProjectOf): Promise<void> {
    await sql`update foyer.sharings set shared_at = shared_at - interval '1 hour' where project_id = ${projectId}`.execute(database.admin);
    await sql`update foyer.share_tokens set created_at = created_at - interval '1 hour' where project_id = ${projectId}`.execute(database.admin);
  }

  async function looksOf(workflow: Sharing): Promise<number> {
    return activitiesIn(await historyOf(workflow)).filter((name) => name === 'lookAtSharing').length;
  }

  test('comes once, when its time has come', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project, { remindAfterMs: 200, recheckMs: 300 });
    await until('it has reminded', async () => (await events(database, project.agencyId, 'sharing.not_opened')).length === 1);
    await until('it has looked again twice', async () => (await looksOf(workflow)) > 3);
    expect(await events(database, project.agencyId, 'sharing.not_opened')).toHaveLength(1);
  });

  test('does not come where somebody has', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project, { remindAfterMs: hourMs, recheckMs: 300 });
    await sharingIs(workflow, 'shared');
    const { sealed_token: sealed } = (await sharingRow(database, project.agencyId, project.projectId)) ?? {};
    if (!sealed) throw new Error('there is no link');
    await api.app.request(`/r/${stage.secrets.open(sealed)}`, { headers: { 'user-agent': 'Firefox' } });
    await gaveAnHourEarlier(project);
    const before = await looksOf(workflow);
    await until('it has looked three times', async () => (await looksOf(workflow)) > before + 3);
    expect(await events(database, project.agencyId, 'sharing.not_opened')).toEqual([]);
  });

  test('does not come as soon as they are replaced, but when the time of the new ones has come', async () => {
    const project = await readyToShare(database);
    const workflow = await startSharing(stage, project, { remindAfterMs: hourMs, recheckMs: 300 });
    await sharingIs(workflow, 'shared');
    await gaveAnHourEarlier(project);
    const reminders = () => events(database, project.agencyId, 'sharing.not_opened');
    await until('it has reminded', async () => (await reminders()).length === 1);
    expect(await stage.gateway.rotateSharing(sharingRequest(project))).toEqual({ outcome: 'shared' });
    const before = await looksOf(workflow);
    await until('it has looked three times', async () => (await looksOf(workflow)) > before + 3);
    expect(await reminders()).toHaveLength(1);

    await gaveAnHourEarlier(project);
    await until('it has reminded of the new ones', async () => (await reminders()).length === 2);
  });
});
