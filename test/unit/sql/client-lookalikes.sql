-- all
select "place", "id", "name", "state", "reasons"
  from ( with sketch as materialized ( select place, foyer.name_sketch(name) as name_sketch, domain, lower(reference) as reference
  from jsonb_to_recordset($1::jsonb) as given (place integer, name text, domain text, reference text) ), suspect as ( select sketch.place, client.id, 'name' as reason, 1 as rank
  from sketch join "clients" as "client" on "client"."agency_id" = $2
  and client.name_sketch = sketch.name_sketch union all select sketch.place, client.id, 'reference', 2
  from sketch join "clients" as "client" on "client"."agency_id" = $3
  and lower(client.external_reference) = sketch.reference union all select sketch.place, client.id, 'domain', 3
  from sketch join "clients" as "client" on "client"."agency_id" = $4
  and lower(split_part(client.contact_email, '@', 2)) = sketch.domain union all select sketch.place, project.client_id, 'domain', 3
  from "projects" as "project" cross join lateral (select array_to_string(labels[at:], '.')
  from (select string_to_array("project"."domain", '.') as labels) as split, generate_series(1, cardinality(labels) - 1) as at) as ending (domain) join sketch on sketch.domain = ending.domain
  where "project"."agency_id" = $5
  and project.client_id is not null union all select sketch.place, project.client_id, 'domain', 3
  from sketch cross join lateral (select array_to_string(labels[at:], '.')
  from (select string_to_array("sketch"."domain", '.') as labels) as split, generate_series(1, cardinality(labels) - 1) as at) as ending (domain) join "projects" as "project" on "project"."agency_id" = $6
  and project.domain = ending.domain
  and project.client_id is not null ), lookalike as ( select suspect.place, client.id, client.name, client.state, suspect.reasons, row_number() over (partition by suspect.place
  order by client.created_at, client.id) as nth
  from ( select place, id, array_agg(reason
  order by rank) as reasons
  from (select distinct place, id, reason, rank
  from suspect) as each
  group by place, id ) as suspect join "clients" as "client" on "client"."agency_id" = $7
  and client.id = suspect.id ) select place, id, name, state, reasons, nth
  from lookalike
  where nth <= $8 ) as "found"
  order by "place", nth;
