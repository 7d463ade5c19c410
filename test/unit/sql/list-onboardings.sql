-- first page
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
  order by "onboarding"."created_at" desc, "onboarding"."id" desc
  limit $2;

-- next page in one state
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
  and "onboarding"."state" = $2
  and ("onboarding"."created_at", "onboarding"."id") < ($3, $4::uuid)
  order by "onboarding"."created_at" desc, "onboarding"."id" desc
  limit $5;

-- open ones with a blocker
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
  and onboarding.blockers @> $2::jsonb
  and "onboarding"."state" in ($3, $4, $5, $6, $7, $8)
  order by "onboarding"."state_since", "onboarding"."id"
  limit $9;

-- next page of open ones
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
  and "onboarding"."state" in ($2, $3, $4, $5, $6, $7)
  and (onboarding.state_since, onboarding.id) > ($8, $9::uuid)
  order by "onboarding"."state_since", "onboarding"."id"
  limit $10;
