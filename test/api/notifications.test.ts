import { describe, expect, test } from 'vitest';
import { type NotificationKind, notificationKinds } from '../../domain/notification.ts';
import { type Role, roles } from '../../domain/permission.ts';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { holdLock } from '../harness/held-lock.ts';
import { openMember } from '../harness/member.ts';
import { openPerson } from '../harness/person.ts';
import { newDirectAccount, newTenant } from '../harness/tenant.ts';

const api = await testApi({ worker: false });
const { database } = api;

const all = (wanted: boolean) => Object.fromEntries(notificationKinds.map((kind) => [kind, wanted]));
const only = (kind: NotificationKind) => ({ ...all(false), [kind]: true });

async function member(role: Role, clientIds?: []) {
  const { id } = await newTenant(api);
  const person = await openPerson(api, id, { role, ...(clientIds && { clientIds }) });
  return { id, person, path: `/v1/accounts/${id}/notifications` };
}

describe('the mails of an account', () => {
  test.each(roles)('are all or none for a %s who has not chosen', async (role) => {
    const { person, path } = await member(role);
    expect(await person.get(path)).toMatchObject({ status: 200, body: all(role !== 'viewer') });
  });

  test.each(roles)('are as a %s chooses, and chosen again', async (role) => {
    const { person, path } = await member(role);
    for (const notifications of [only('sharing.not_opened'), only('offboarding'), all(true), all(false), all(false)]) {
      expect(await person.put(path, notifications)).toMatchObject({ status: 200, body: notifications });
      expect((await person.get(path)).body).toEqual(notifications);
    }
  });

  test('are chosen by a member who is restricted, and in a direct account', async () => {
    const { person, path } = await member('admin', []);
    expect(await person.put(path, only('offboarding'))).toMatchObject({ status: 200 });
    const direct = await newDirectAccount(database);
    const owner = await openPerson(api, direct.id, { role: 'owner' });
    expect(await owner.put(`/v1/accounts/${direct.id}/notifications`, all(false))).toMatchObject({ status: 200, body: all(false) });
  });

  test('are each member’s own, in each account', async () => {
    const { id, person, path } = await member('owner');
    const other = await openPerson(api, id, { role: 'admin' });
    const { id: second } = await newTenant(api);
    await openMember(database, second, { role: 'owner', personId: person.id });
    await person.put(path, all(false));
    expect((await other.get(path)).body).toEqual(all(true));
    expect((await person.get(`/v1/accounts/${second}/notifications`)).body).toEqual(all(true));
  });

  test.each(notificationKinds)('stay as they were on %s where it is left out, chosen or not', async (kind) => {
    for (const before of [false, true]) {
      const { person, path } = await member(before ? 'owner' : 'viewer');
      const { [kind]: _, ...others } = all(!before);
      for (const wanted of [others, all(before), others]) {
        const holds = { ...wanted, [kind]: before };
        expect(await person.put(path, wanted)).toMatchObject({ status: 200, body: holds });
        expect((await person.get(path)).body).toEqual(holds);
      }
    }
  });

  test('are refused with no kind at all, one that is neither wanted nor not, or one that there is not, and stay as they were', async () => {
    const { person, path } = await member('viewer');
    for (const [chosen, pointer] of [
      [{}, ''],
      [{ ...all(true), offboarding: null }, '/offboarding'],
      [{ ...all(true), offbording: true }, '/offbording'],
      [JSON.parse('{ "offboarding": true, "__proto__": true }'), '/__proto__'],
    ] as const) {
      expect(await person.put(path, chosen)).toMatchObject({ ...refusal('VALIDATION_FAILED'), body: { errors: [{ pointer }] } });
    }
    expect((await person.get(path)).body).toEqual(all(false));
  });

  test('are forgotten with the membership: whoever comes back begins anew', async () => {
    const { id, person, path } = await member('admin');
    await person.put(path, all(false));
    expect(await person.post(`/v1/accounts/${id}/leave`)).toMatchObject({ status: 204 });
    expect(await person.get(path)).toMatchObject(refusal('NOT_FOUND'));
    await openMember(database, id, { role: 'admin', personId: person.id });
    expect((await person.get(path)).body).toEqual(all(true));
  });

  test('are not there for a member who is removed while they choose', async () => {
    const { id, person, path } = await member('viewer');
    await using lock = await holdLock(database, 'select from accounts where id = $1 for update', [id]);
    const choosing = person.put(path, all(true));
    await lock.wanted();
    await database.admin.deleteFrom('memberships').where('agency_id', '=', id).where('person_id', '=', person.id).execute();
    await lock.release();
    expect(await choosing).toMatchObject(refusal('NOT_FOUND'));
  });
});
