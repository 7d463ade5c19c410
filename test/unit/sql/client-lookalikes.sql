-- all
select *
  from (select "client"."id", "client"."name", "client"."state", "client"."created_at", coalesce(client.name_sketch = foyer.name_sketch($1), false) as "by_name", coalesce(lower(client.external_reference) = lower($2), false) as "by_reference", coalesce( lower(split_part(client.contact_email, '@', 2)) = $3 or exists ( select
  from projects as project
  where project.agency_id = client.agency_id
  and project.client_id = client.id
  and (project.domain = $4 or project.domain like '%.' || $5 or $6 like '%.' || project.domain) ), false) as "by_domain"
  from "clients" as "client"
  where "client"."agency_id" = $7) as "lookalike"
  where ("by_name" = $8 or "by_reference" = $9 or "by_domain" = $10)
  order by "created_at", "id"
  limit $11;
