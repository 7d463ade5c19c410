-- first page
select "id", "message_id", "type", "outcome", "onboarding_id", "reason", "replayed", "created_at"
  from "crm_deliveries"
  where "agency_id" = $1
  and "connection_id" = $2
  order by "crm_deliveries"."created_at" desc, "crm_deliveries"."id" desc
  limit $3;

-- next page
select "id", "message_id", "type", "outcome", "onboarding_id", "reason", "replayed", "created_at"
  from "crm_deliveries"
  where "agency_id" = $1
  and "connection_id" = $2
  and ("crm_deliveries"."created_at", "crm_deliveries"."id") < ($3, $4::uuid)
  order by "crm_deliveries"."created_at" desc, "crm_deliveries"."id" desc
  limit $5;
