-- all
select "client"."id", "client"."name", "client"."contact_email", "client"."external_reference", "client"."notes", "client"."state", "client"."version", "client"."created_at", "onboarding"."id" as "onboarding_id", "onboarding"."state" as "onboarding_state", "onboarding"."blockers", (select count(*) as "count"
  from "projects" as "project"
  where "project"."agency_id" = "client"."agency_id"
  and "project"."client_id" = "client"."id") as "project_count"
  from "clients" as "client"
  left join lateral (select "newest"."id", "newest"."state", "newest"."blockers"
  from "onboardings" as "newest"
  where "newest"."agency_id" = "client"."agency_id"
  and "newest"."client_id" = "client"."id"
  order by "newest"."created_at" desc
  limit $1) as "onboarding" on true
  where "client"."agency_id" = $2
  and "client"."id" = $3;
