-- all
select "onboarding"."id", "onboarding"."workflow_id", "onboarding"."source", "onboarding"."state", "onboarding"."state_since", "onboarding"."client_id", "client"."name" as "client_name", "onboarding"."project_id", "onboarding"."blockers", "onboarding"."reminders_sent", "onboarding"."share_when_ready", "onboarding"."created_at", (select coalesce(json_agg(agg), '[]')
  from (select "step"."name", "step"."state", "step"."attempts", "step"."started_at", "step"."finished_at", "step"."detail"
  from "onboarding_steps" as "step"
  where "step"."agency_id" = "onboarding"."agency_id"
  and "step"."onboarding_id" = "onboarding"."id"
  order by "step"."position") as agg) as "steps"
  from "onboardings" as "onboarding"
  left join "clients" as "client" on "client"."agency_id" = "onboarding"."agency_id"
  and "client"."id" = "onboarding"."client_id"
  where "onboarding"."agency_id" = $1
  and "onboarding"."client_id" = $2
  order by "onboarding"."created_at";
