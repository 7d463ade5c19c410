-- first page
select "id", "provider", "mapping", "trigger", "created_at", "last_unverified_at", (select max("delivery"."created_at") as "at"
  from "crm_deliveries" as "delivery"
  where "delivery"."agency_id" = "crm_connections"."agency_id"
  and "delivery"."connection_id" = "crm_connections"."id") as "last_delivery_at"
  from "crm_connections"
  where "agency_id" = $1
  and "deleted_at" is null
  order by "crm_connections"."created_at" desc, "crm_connections"."id" desc
  limit $2;

-- next page
select "id", "provider", "mapping", "trigger", "created_at", "last_unverified_at", (select max("delivery"."created_at") as "at"
  from "crm_deliveries" as "delivery"
  where "delivery"."agency_id" = "crm_connections"."agency_id"
  and "delivery"."connection_id" = "crm_connections"."id") as "last_delivery_at"
  from "crm_connections"
  where "agency_id" = $1
  and "deleted_at" is null
  and ("crm_connections"."created_at", "crm_connections"."id") < ($2, $3::uuid)
  order by "crm_connections"."created_at" desc, "crm_connections"."id" desc
  limit $4;
