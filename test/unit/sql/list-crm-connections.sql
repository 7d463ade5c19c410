-- first page
select "id", "provider", "created_at"
  from "crm_connections"
  where "agency_id" = $1
  and "deleted_at" is null
  order by "created_at" desc, "id" desc
  limit $2;

-- next page
select "id", "provider", "created_at"
  from "crm_connections"
  where "agency_id" = $1
  and "deleted_at" is null
  and ("crm_connections"."created_at", "crm_connections"."id") < ($2, $3::uuid)
  order by "created_at" desc, "id" desc
  limit $4;
