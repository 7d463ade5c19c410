import { describe, expect, test } from 'vitest';
import { readAgency } from '../../db/read/agency.ts';
import { listClients } from '../../db/read/list-clients.ts';
import { readMemberships } from '../../db/read/memberships.ts';
import { readInTenant, type TenantSight } from '../../db/tenant.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newClientId, newPersonId } from '../harness/ids.ts';
import { openMember } from '../harness/member.ts';
import { openProject, share } from '../harness/project.ts';

const database = await testDatabase();
const { api } = database;
const firstPage = { limit: 50, after: null };

/** An agency with two clients that have a shared project each, and one project without a client. */
async function twoClients() {
  const agencyId = await openAgency(database);
  const withProject = async (name: string) => {
    const { clientId } = await activeClient(database, agencyId, { name });
    await share(database, { agencyId, projectId: await openProject(database, agencyId, { clientId }) }, clientId);
    return clientId;
  };
  const [seen, hidden] = [await withProject('Seen'), await withProject('Hidden')];
  await openProject(database, agencyId);
  return { agencyId, seen, hidden };
}

const namesIn = async (sight: TenantSight, query?: string) => (await listClients(api, sight, { query }, firstPage)).items.map(({ name }) => name);

describe('a member who is restricted to some clients', () => {
  test('finds only these in lists and in searches', async () => {
    const { agencyId, seen } = await twoClients();
    expect(await namesIn({ agencyId })).toEqual(['Hidden', 'Seen']);
    expect(await namesIn({ agencyId, clientIds: [seen] })).toEqual(['Seen']);
    expect(await namesIn({ agencyId, clientIds: [seen] }, 'hidden')).toEqual([]);
    expect(await namesIn({ agencyId, clientIds: [] })).toEqual([]);
  });

  test('is shown the counts of these, and the limits of the plan', async () => {
    const { agencyId, seen } = await twoClients();
    const counts = (sight: TenantSight) => readInTenant(api, sight, (reader) => readAgency(reader, agencyId));
    expect(await counts({ agencyId })).toMatchObject({ clients: { used: 2, limit: 10 }, projects: 3, unassignedProjects: 1, sharedReports: 2 });
    expect(await counts({ agencyId, clientIds: [seen] })).toMatchObject({
      clients: { used: 1, limit: 10 },
      projects: 1,
      unassignedProjects: 0,
      sharedReports: 1,
    });
  });

  test('sees no more with ids of another agency among the clients', async () => {
    const [own, other] = [await twoClients(), await twoClients()];
    expect(await namesIn({ agencyId: own.agencyId, clientIds: [own.seen, other.seen] })).toEqual(['Seen']);
  });

  test('never leaves the restriction behind on a pooled connection, nor goes without it', async () => {
    const { agencyId, seen } = await twoClients();
    const looks = Array.from({ length: 60 }, async (_, index) => {
      const restricted = index % 2 === 0;
      const sight = restricted ? { agencyId, clientIds: [seen] } : { agencyId };
      const found = await readInTenant(api, sight, (reader) => reader.selectFrom('clients').select('id').execute());
      expect(found).toHaveLength(restricted ? 1 : 2);
      expect(await namesIn(sight)).toHaveLength(restricted ? 1 : 2);
    });
    await Promise.all(looks);
  });

  test.each(["'; drop table foyer.clients; --", '', '{}', 'null'])('by a client that is no id never reaches Postgres: %j', async (id) => {
    const sight = { agencyId: await openAgency(database), clientIds: [id as ClientId] };
    await expect(readInTenant(api, sight, async () => 'read')).rejects.toThrow(TypeError);
  });
});

describe('before the account is known', () => {
  test("a person finds their own memberships, with what they are and see, and nobody else's", async () => {
    const [{ agencyId, seen }, other] = [await twoClients(), await openAgency(database)];
    const personId = await openMember(database, agencyId, { role: 'viewer', clientIds: [seen] });
    await openMember(database, agencyId, { role: 'owner' });
    await openMember(database, other, { role: 'admin', personId });
    expect(await readMemberships(api, personId)).toMatchObject([
      { accountId: agencyId, accountKind: 'agency', role: 'viewer', clientIds: [seen] },
      { accountId: other, role: 'admin', clientIds: null },
    ]);
    expect(await readMemberships(api, newPersonId())).toEqual([]);
  });

  test('a member restricted to no client at all sees none, not all', async () => {
    const personId = await openMember(database, await openAgency(database), { role: 'viewer', clientIds: [] });
    expect(await readMemberships(api, personId)).toMatchObject([{ clientIds: [] }]);
  });
});

describe('a membership', () => {
  test('of an owner is never restricted', async () => {
    const agencyId = await openAgency(database);
    await expect(openMember(database, agencyId, { role: 'owner', clientIds: [] })).rejects.toMatchObject({ constraint: 'memberships_owner_sees_all' });
  });

  test('is restricted to clients of its own agency only', async () => {
    const [own, other] = [await openAgency(database), await twoClients()];
    const restrictTo = (agencyId: AgencyId, clientId: ClientId) => openMember(database, agencyId, { role: 'viewer', clientIds: [clientId] });
    for (const clientId of [other.seen, newClientId()])
      await expect(restrictTo(own, clientId)).rejects.toMatchObject({ constraint: 'membership_clients_client' });
  });
});
