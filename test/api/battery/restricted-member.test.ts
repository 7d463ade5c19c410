import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { moveProject } from '../../../activities/move-project.ts';
import type { ClientId, ProjectId } from '../../../domain/ids.ts';
import { permissions } from '../../../domain/permission.ts';
import { refusal } from '../../harness/answers.ts';
import { initOf, testApi } from '../../harness/api.ts';
import { activeClient } from '../../harness/client.ts';
import { tester } from '../../harness/onboarding-input.ts';
import { openPerson } from '../../harness/person.ts';
import { tenantRows } from '../../harness/tenant-rows.ts';
import { idPositions, naming, nothingThere, told } from './id-positions.ts';
import { knownOperations, requestOf } from './known-operations.ts';
import { newWorld, type World, worldFor } from './world.ts';

const api = await testApi();
const { database } = api;

const guarded = knownOperations(api).flatMap((operation) => {
  const { guard } = operation;
  return guard.by === 'agency' || guard.by === 'account' ? [{ ...operation, permission: guard.permission }] : [];
});
const withinSight = guarded.filter(({ permission }) => permissions[permission].restricted);
const beyondSight = guarded.filter(({ permission }) => !permissions[permission].restricted);

const clientIn = ({ ids }: World, name: 'clientId' | 'into') => ids[name] as ClientId;

async function putProjectUnder({ agencyId, ids }: World, clientId: ClientId): Promise<void> {
  const moved = await moveProject(database.worker, { agencyId, projectId: ids['projectId'] as ProjectId, clientId, actor: tester });
  if (moved.outcome !== 'moved') throw new Error(`the project was not moved: ${JSON.stringify(moved)}`);
}

/** An admin who sees all that a request names. */
async function adminWhoSeesAll(world: World) {
  await putProjectUnder(world, clientIn(world, 'clientId'));
  return openPerson(api, world.agencyId, { role: 'admin', clientIds: [clientIn(world, 'clientId'), clientIn(world, 'into')] });
}

type Hidden = 'clientId' | 'into' | 'projectId';

/** The same, but for the record at one position. */
async function adminWhoSeesAllBut(world: World, hidden: Hidden) {
  const [client, other] = [clientIn(world, 'clientId'), clientIn(world, 'into')];
  const elsewhere = async () => (await activeClient(database, world.agencyId)).clientId;
  const seen = hidden === 'projectId' ? [client, other] : [hidden === 'into' ? client : other];
  await putProjectUnder(world, hidden === 'projectId' ? await elsewhere() : (seen[0] ?? other));
  return openPerson(api, world.agencyId, { role: 'admin', clientIds: seen });
}

async function worldHiding(hidden: Hidden) {
  const world = await newWorld(api);
  return { world, as: await adminWhoSeesAllBut(world, hidden) };
}

// What is read or refused changes nothing, and every test of a refusal looks that it did not: these worlds do for all of them.
const untouched = await newWorld(api);
const admin = await adminWhoSeesAll(untouched);
const hiding = { clientId: await worldHiding('clientId'), into: await worldHiding('into'), projectId: await worldHiding('projectId') };
/** Whatever else is tied to a client is hidden with it. */
const hidingFor = (name: string) => hiding[name === 'into' || name === 'projectId' ? name : 'clientId'];

describe.each(withinSight)('$operationId', (operation) => {
  test('is done for a restricted admin who sees what it names', async () => {
    const world = await worldFor(api, operation, untouched);
    const as = world === untouched ? admin : await adminWhoSeesAll(world);
    const request = requestOf(operation, world, { as });
    const { status, body } = await api.app.request(request.path, initOf(request));
    await body?.cancel();
    expect(status).toBeLessThan(300);
  });

  // Who did something is no record of a client.
  for (const position of idPositions(operation).filter(({ name }) => name !== 'actorId')) {
    test(`answers a ${position.name} in its ${position.in} that is out of sight as one that is not there, byte for byte, and changes nothing`, async () => {
      const { world, as } = hidingFor(position.name);
      const before = await tenantRows(database, world.agencyId);
      const hidden = await api.send(naming(operation, world, { as }, { ...position, id: world.ids[position.name] ?? '' }));
      const unknown = await api.send(naming(operation, world, { as }, { ...position, id: randomUUID() }));
      expect(told(hidden)).toEqual(told(unknown));
      expect(hidden).toMatchObject(nothingThere(operation, position));
      expect(await tenantRows(database, world.agencyId)).toEqual(before);
    });
  }
});

test.each(withinSight.filter(({ operationId, template }) => operationId.startsWith('list') && !template.includes('{clientId}')))(
  '$operationId is empty for a member who is restricted to no client at all',
  async (operation) => {
    const as = await openPerson(api, untouched.agencyId, { role: 'admin', clientIds: [] });
    expect(await api.send(requestOf(operation, untouched, { as }))).toMatchObject({ status: 200, body: { items: [] } });
  },
);

test.each(beyondSight)('$operationId is refused with AGENCY_ROLE_REQUIRED for a restricted admin, and changes nothing', async (operation) => {
  const before = await tenantRows(database, untouched.agencyId);
  expect(await api.send(requestOf(operation, untouched, { as: admin }))).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect(await tenantRows(database, untouched.agencyId)).toEqual(before);
});
