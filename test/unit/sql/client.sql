-- all
select "client"."id", "client"."name", "client"."contact_email", "client"."external_reference", "client"."notes", "client"."state", "client"."version", "client"."created_at", "client"."archived_at", "onboarding"."id" as "onboarding_id", "onboarding"."state" as "onboarding_state", "onboarding"."state_since" as "onboarding_since", "onboarding"."blockers", "leaving"."id" as "offboarding_id", "leaving"."ends_at" as "leaves_at", (select count(*) as "count"
  from "projects" as "project"
  where "project"."agency_id" = "client"."agency_id"
  and "project"."client_id" = "client"."id") as "project_count"
  from "clients" as "client"
  left join lateral (select "newest"."id", "newest"."state", "newest"."state_since", "newest"."blockers"
  from "onboardings" as "newest"
  where "newest"."agency_id" = "client"."agency_id"
  and "newest"."client_id" = "client"."id"
  order by "newest"."created_at" desc
  limit $1) as "onboarding" on true
  left join "offboardings" as "leaving" on "leaving"."agency_id" = "client"."agency_id"
  and "leaving"."client_id" = "client"."id"
  and "leaving"."state" = $2
  where "client"."agency_id" = $3
  and "client"."id" = $4;
