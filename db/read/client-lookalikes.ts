import { type RawBuilder, sql } from 'kysely';
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
export async function clientLookalikes(reader: TenantReader, agencyId: AgencyId, sketch: ClientSketch): Promise<LookalikeRecord[]> {
  const [lookalikes = []] = await lookalikesOfEach(reader, agencyId, [sketch], maxLookalikes);
  return lookalikes;
}

/** The same for many at once, in their order: the `most` oldest for each. Its cost grows with their number and with that of the clients, not with the product. */
export async function lookalikesOfEach(
  reader: TenantReader,
  agencyId: AgencyId,
  sketches: readonly ClientSketch[],
  most: number,
): Promise<LookalikeRecord[][]> {
  const given = JSON.stringify(sketches.map((sketch, place) => ({ place, ...sketch })));
  const found = sql<LookalikeRecord & { place: number }>`(
    with sketch as materialized (
      select place, foyer.name_sketch(name) as name_sketch, domain, lower(reference) as reference
      from jsonb_to_recordset(${given}::jsonb) as given (place integer, name text, domain text, reference text)
    ), suspect as (
      select sketch.place, client.id, 'name' as reason, 1 as rank
        from sketch join "clients" as "client" on "client"."agency_id" = ${agencyId} and client.name_sketch = sketch.name_sketch
      union all
      select sketch.place, client.id, 'reference', 2
        from sketch join "clients" as "client" on "client"."agency_id" = ${agencyId} and lower(client.external_reference) = sketch.reference
      union all
      select sketch.place, client.id, 'domain', 3
        from sketch join "clients" as "client" on "client"."agency_id" = ${agencyId} and lower(split_part(client.contact_email, '@', 2)) = sketch.domain
      union all
      select sketch.place, project.client_id, 'domain', 3
        from "projects" as "project" cross join lateral ${endingsOf(sql.ref('project.domain'))} as ending (domain) join sketch on sketch.domain = ending.domain
        where "project"."agency_id" = ${agencyId} and project.client_id is not null
      union all
      select sketch.place, project.client_id, 'domain', 3
        from sketch cross join lateral ${endingsOf(sql.ref('sketch.domain'))} as ending (domain)
          join "projects" as "project" on "project"."agency_id" = ${agencyId} and project.domain = ending.domain and project.client_id is not null
    ), lookalike as (
      select suspect.place, client.id, client.name, client.state, suspect.reasons,
        row_number() over (partition by suspect.place order by client.created_at, client.id) as nth
      from (
        select place, id, array_agg(reason order by rank) as reasons from (select distinct place, id, reason, rank from suspect) as each group by place, id
      ) as suspect
        join "clients" as "client" on "client"."agency_id" = ${agencyId} and client.id = suspect.id
    )
    select place, id, name, state, reasons, nth from lookalike where nth <= ${most}
  )`.as<'found'>('found');
  const rows = await reader.selectFrom(found).select(['place', 'id', 'name', 'state', 'reasons']).orderBy('place').orderBy(sql`nth`).execute();
  const ofEach: LookalikeRecord[][] = sketches.map(() => []);
  for (const { place, ...lookalike } of rows) ofEach[place]?.push(lookalike);
  return ofEach;
}

/** A domain and those above it: of `shop.acme.example` also `acme.example`. */
function endingsOf(domain: RawBuilder<unknown>) {
  return sql`(select array_to_string(labels[at:], '.') from (select string_to_array(${domain}, '.') as labels) as split, generate_series(1, cardinality(labels) - 1) as at)`;
}
