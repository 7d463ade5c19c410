import { type MergeFacts, refuseMerge } from '../domain/client-merge.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { readClient } from './read/client.ts';
import type { ClientRecord } from './read/clients.ts';
import { projectsOfClient } from './read/projects-of-client.ts';
import { unfinishedOnboardings } from './read/unfinished-onboardings.ts';
import type { TenantReader } from './tenant.ts';

export interface Merge {
  agencyId: AgencyId;
  clientId: ClientId;
  into: ClientId;
}

/** What a merge is planned by, for its preview and, behind its locks, for itself; or why there is none. */
export async function readMergeFacts(
  reader: TenantReader,
  { agencyId, clientId, into }: Merge,
): Promise<{ facts: MergeFacts; refusal: null } | { facts: null; refusal: 'NOT_FOUND' | 'CLIENT_ARCHIVED' }> {
  const [client, survivor, projects, onboardings] = await Promise.all([
    readClient(reader, agencyId, clientId),
    readClient(reader, agencyId, into),
    projectsOfClient(reader, agencyId, clientId),
    unfinishedOnboardings(reader, agencyId, [clientId, into]),
  ]);
  const refusal = refuseMerge(client?.state ?? null, survivor?.state ?? null);
  if (refusal || !client || !survivor) return { facts: null, refusal: refusal ?? 'NOT_FOUND' };
  return {
    facts: {
      client: { id: client.id, state: client.state, details: detailsOf(client) },
      into: { id: survivor.id, details: detailsOf(survivor) },
      projects: projects.map((project) => ({ ...project, isShared: project.sharing.state === 'shared' })),
      onboardings,
    },
    refusal: null,
  };
}

function detailsOf({ name, contactEmail, externalReference, notes }: ClientRecord) {
  return { name, contactEmail, externalReference, notes };
}
