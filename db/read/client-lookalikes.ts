import { sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { LookalikeReason } from '../../domain/duplicate.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** What is known of a client that somebody is about to create. */
export interface ClientSketch {
  name: string | null;
  domain: string | null;
  reference: string | null;
}

export interface LookalikeRecord {
  id: ClientId;
  name: string;
  state: ClientState;
  reasons: LookalikeReason[];
}

/** The most that are worth a look before creating a client. */
const maxLookalikes = 20;

/** Clients of the agency that may be the one that is about to be created: by name, by a project's or the contact's domain, by reference. */
export async function clientLookalikes(reader: TenantReader, agencyId: AgencyId, { name, domain, reference }: ClientSketch): Promise<LookalikeRecord[]> {
  const rows = await reader
    .selectFrom(
      reader
        .selectFrom('clients as client')
        .where('client.agency_id', '=', agencyId)
        .select([
          'client.id',
          'client.name',
          'client.state',
          'client.created_at',
          sql<boolean>`coalesce(client.name_sketch = foyer.name_sketch(${name}), false)`.as('by_name'),
          sql<boolean>`coalesce(lower(client.external_reference) = lower(${reference}), false)`.as('by_reference'),
          sql<boolean>`coalesce(
            lower(split_part(client.contact_email, '@', 2)) = ${domain} or exists (
              select from projects as project
              where project.agency_id = client.agency_id and project.client_id = client.id
                and (project.domain = ${domain} or project.domain like '%.' || ${domain} or ${domain} like '%.' || project.domain)
            ), false)`.as('by_domain'),
        ])
        .as('lookalike'),
    )
    .selectAll()
    .where((eb) => eb.or([eb('by_name', '=', true), eb('by_reference', '=', true), eb('by_domain', '=', true)]))
    .orderBy('created_at')
    .orderBy('id')
    .limit(maxLookalikes)
    .execute();
  return rows.map(({ id, name: called, state, by_name, by_reference, by_domain }) => ({
    id,
    name: called,
    state,
    reasons: [...(by_name ? (['name'] as const) : []), ...(by_reference ? (['reference'] as const) : []), ...(by_domain ? (['domain'] as const) : [])],
  }));
}
