import type { AgencyId, ClientId } from '../../../domain/ids.ts';
import type { TestApi } from '../../harness/api.ts';
import { type ArchivedClient, activeClient, archivedLongAgo } from '../../harness/client.ts';
import { connectCrm } from '../../harness/crm.ts';
import { saidOfDocs } from '../../harness/docs-feedback.ts';
import { importThatHasEnded } from '../../harness/import.ts';
import { showLogo } from '../../harness/logo.ts';
import { leaveLater } from '../../harness/offboarding.ts';
import { makeReady, openProject } from '../../harness/project.ts';
import { type Links, openLinks } from '../../harness/sharing.ts';
import { newTenant, openKnownKey } from '../../harness/tenant.ts';
import type { KnownOperation } from './known-operations.ts';
import { type WorldPeople, worldPeople } from './world-people.ts';

/** An agency with one of everything that a path or a body can name. */
export interface World {
  agencyId: AgencyId;
  /** Everything may be done with it. */
  key: string;
  /** A value for every parameter of a path, by its name. */
  ids: Record<string, string>;
  people: WorldPeople;
  /** A project that is shared, and the tokens of its links. */
  shared: Links & { projectId: string };
  /** A client that may be erased. */
  archived: ArchivedClient;
}

export async function newWorld(api: TestApi): Promise<World> {
  const { database } = api;
  const agency = await newTenant(api, { whiteLabel: true });
  const [shared, into, projectId, { id: connectionId }, hash, { people, ids: idsOfPeople }, feedbackId, archived, { id: keyId }, importId] = await Promise.all([
    sharedClient(api, agency.id),
    leavingClient(api, agency.id),
    openProject(database, agency.id),
    connectCrm(agency),
    showLogo(database, agency.id),
    worldPeople(api, agency.id),
    saidOfDocs(database),
    archivedLongAgo(database, agency.id),
    openKnownKey(database, agency.id),
    importThatHasEnded(database, agency.id),
  ]);
  const { clientId, onboardingId } = shared.client;
  const ids = {
    ...idsOfPeople,
    keyId,
    actorId: keyId,
    agencyId: agency.id,
    accountId: agency.id,
    clientId,
    into,
    onboardingId,
    projectId,
    connectionId,
    feedbackId,
    importId,
    surface: 'portal',
    hash,
    family: 'scan',
  };
  return { agencyId: agency.id, key: agency.key, ids, people, archived, shared: { projectId: shared.projectId, ...shared.links } };
}

/** A world in which the operation may be done: reading changes nothing, so for that the given one will do. */
export async function worldFor(api: TestApi, { method }: KnownOperation, untouched: World): Promise<World> {
  return method === 'get' ? untouched : newWorld(api);
}

async function sharedClient({ database, secrets }: TestApi, agencyId: AgencyId) {
  const client = await activeClient(database, agencyId);
  const project = { agencyId, projectId: await openProject(database, agencyId, { clientId: client.clientId }) };
  await makeReady(database, project);
  return { client, projectId: project.projectId, links: await openLinks(database, secrets, project, client.clientId) };
}

async function leavingClient({ database }: TestApi, agencyId: AgencyId): Promise<ClientId> {
  const { clientId } = await activeClient(database, agencyId);
  await leaveLater(database, agencyId, clientId);
  return clientId;
}
