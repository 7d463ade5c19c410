import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ClientId } from '../../domain/ids.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { openEventStream } from '../harness/event-stream.ts';
import { openPerson } from '../harness/person.ts';
import { openProject } from '../harness/project.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const api = await testApi();
const { database } = api;

/** An agency with a client that is seen and one that is not, each with a project, and an admin who is restricted to the first. */
async function halfSeen() {
  const agency = await newTenant(api);
  const furnish = async (name: string) => {
    const client = await activeClient(database, agency.id, { name, externalReference: `crm-${name}` });
    return { ...client, projectId: await openProject(database, agency.id, { clientId: client.clientId }) };
  };
  const [seen, hidden] = [await furnish('Seen'), await furnish('Hidden')];
  const owner = await openPerson(api, agency.id, { role: 'owner' });
  const member = await openPerson(api, agency.id, { role: 'admin', clientIds: [seen.clientId] });
  const path = `/v1/agencies/${agency.id}`;
  return { agency, seen, hidden, owner, member, path };
}

describe('a member who is restricted to some clients', () => {
  test('finds what is theirs in every list and search, and nothing else', async () => {
    const { seen, member, path } = await halfSeen();
    const ids = async (list: string) =>
      (await member.get(`${path}/${list}`)).as(z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) })).items.map(({ id }) => id);
    expect(await ids('clients')).toEqual([seen.clientId]);
    expect(await ids('clients?query=hidden')).toEqual([]);
    expect(await ids('clients?query=crm-')).toEqual([seen.clientId]);
    expect(await ids('projects')).toEqual([seen.projectId]);
    expect(await ids('onboardings')).toEqual([seen.onboardingId]);
  });

  test('polls the events of what is theirs, and none of the account', async () => {
    const { seen, member, owner, path } = await halfSeen();
    await owner.patch(`/v1/accounts/${path.split('/').at(-1)}`, { name: 'Renamed' });
    const clientsOf = async (person: typeof member) => new Set((await person.get(`${path}/events`)).as(answers.events).items.map(({ clientId }) => clientId));
    // The feed holds back what an older transaction elsewhere could still overtake.
    await until('the owner is told of both clients and of the account', async () => (await clientsOf(owner)).size === 3);
    expect(await clientsOf(member)).toEqual(new Set([seen.clientId]));
  });

  test('is shown their own counts in the workspace, and the limits of the plan', async () => {
    const { member, path } = await halfSeen();
    const counts = { clients: { used: 1, limit: 10, overLimit: false }, projects: 1, unassignedProjects: 0 };
    expect(await member.get(path)).toMatchObject({ status: 200, body: counts });
    expect(await member.get('/v1/agencies')).toMatchObject({ body: { items: [counts] } });
  });

  test('makes nothing that would be out of their sight', async () => {
    const { seen, member, path } = await halfSeen();
    const outOfSight = [
      member.post(`${path}/clients`, { name: 'New' }),
      member.post(`${path}/projects`, { name: 'Site', domain: 'new.example' }),
      member.put(`${path}/projects/${seen.projectId}/client`, { clientId: null }),
    ];
    for (const answer of await Promise.all(outOfSight)) expect(answer).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
    expect(await member.post(`${path}/projects`, { name: 'Site', domain: 'new.example', clientId: seen.clientId })).toMatchObject({ status: 201 });
  });

  test('does not take a project from a client they do not see, nor one that nobody has', async () => {
    const { agency, seen, hidden, member, path } = await halfSeen();
    for (const projectId of [hidden.projectId, await openProject(database, agency.id)]) {
      const taken = await member.put(`${path}/projects/${projectId}/client`, { clientId: seen.clientId });
      expect(taken).toMatchObject(refusal('PROJECT_BELONGS_TO_ANOTHER_AGENCY'));
    }
  });

  test('is answered once the undo of a cancelled onboarding has erased its client', async () => {
    const agency = await newTenant(api, { clientLimit: 0 });
    const { onboarding } = (await agency.post('/clients', { name: 'Waiting', onLimit: 'wait' })).as(answers.accepted);
    const { items } = (await agency.get('/clients')).as(answers.clients);
    const member = await openPerson(api, agency.id, { role: 'admin', clientIds: items.map(({ id }) => clientIdOf(id)) });
    const path = `/v1/agencies/${agency.id}/onboardings/${onboarding.id}`;
    expect(await member.post(`${path}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await member.get(path)).toMatchObject(refusal('NOT_FOUND'));
  });

  test('is never given an answer that somebody else was given for the same idempotency key', async () => {
    const { seen, owner, member, path } = await halfSeen();
    const key = randomUUID();
    const create = (person: typeof member) =>
      person.send({
        method: 'POST',
        path: `${path}/projects`,
        body: { name: 'Site', domain: 'one.example', clientId: seen.clientId },
        headers: { 'idempotency-key': key },
      });
    const [others, own] = [(await create(owner)).as(answers.project), (await create(member)).as(answers.project)];
    expect(own.id).not.toBe(others.id);
    const again = await create(member);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.as(answers.project).id).toBe(own.id);
  });
});

describe('a stream that a member follows ends', () => {
  test.each<[string, (of: Awaited<ReturnType<typeof halfSeen>>) => Promise<unknown>]>([
    [
      'when its client gets out of their sight',
      ({ owner, member, agency, hidden }) => owner.patch(`/v1/accounts/${agency.id}/members/${member.id}`, { clientIds: [hidden.clientId] }),
    ],
    ['when they are removed', ({ owner, member, agency }) => owner.delete(`/v1/accounts/${agency.id}/members/${member.id}`)],
    ['when their session is revoked', ({ member }) => database.admin.deleteFrom('auth.sessions').where('person_id', '=', member.id).execute()],
  ])('%s', async (_, change) => {
    const of = await halfSeen();
    const { agency, member, owner, path, seen } = of;
    const { client, onboarding } = (await agency.post('/clients', { name: 'Followed' })).as(answers.onboarded);
    await agency.onboardingIn('waiting_for_project', onboarding.id);
    await owner.patch(`/v1/accounts/${agency.id}/members/${member.id}`, { clientIds: [client.id, seen.clientId] });
    await using stream = await openEventStream(api, { agencyId: agency.id, onboardingId: onboarding.id, headers: member.headers });
    expect(await stream.next()).toMatchObject({ state: 'waiting_for_project' });
    await change(of);
    await owner.put(`${path}/projects/${seen.projectId}/client`, { clientId: client.id });
    expect(await stream.next()).toBeUndefined();
  });
});

/** Answers are text; this is where the test says which record's id it is. */
function clientIdOf(id: string) {
  return id as ClientId;
}
