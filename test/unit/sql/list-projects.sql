-- first page
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  order by "project"."created_at" desc, "project"."id" desc
  limit $2;

-- next page of one client
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and "project"."client_id" = $2
  and ("project"."created_at", "project"."id") < ($3, $4::uuid)
  order by "project"."created_at" desc, "project"."id" desc
  limit $5;

-- unassigned ones
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and "project"."client_id" is null
  order by "project"."created_at" desc, "project"."id" desc
  limit $2;

-- assigned ones
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and "project"."client_id" is not null
  order by "project"."created_at" desc, "project"."id" desc
  limit $2;

-- of a search
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and ("project"."name" ilike $2 or "project"."domain" ilike $3)
  order by "project"."created_at" desc, "project"."id" desc
  limit $4;

-- blocked ones
select "project"."id", "project"."name", "project"."domain", "project"."client_id", "project"."created_at", "client"."name" as "client_name", "client"."state" as "client_state", "plan"."state" as "plan_state", "plan"."period_end", "report"."gates", "report"."at" as "report_at", "sharing"."state" as "sharing_state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at", ( select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
  from badges as badge
  where badge.agency_id = project.agency_id
  and badge.project_id = project.id ) as "badges"
  from "projects" as "project"
  inner join "plans" as "plan" on "plan"."agency_id" = "project"."agency_id"
  left join "clients" as "client" on "client"."agency_id" = "project"."agency_id"
  and "client"."id" = "project"."client_id"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "project"."agency_id"
  and "viewed"."project_id" = "project"."id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and ( not coalesce(sharing.state = 'shared'
  and (sharing.expires_at is null or sharing.expires_at > $2), false)
  and not ( coalesce(client.state = 'active', false)
  and exists ( select
  from badges as scan
  where scan.agency_id = project.agency_id
  and scan.project_id = project.id
  and scan.family = 'scan'
  and scan.value = 'completed' )
  and report.gates is not null
  and not exists (select
  from jsonb_each(report.gates) as gate
  where gate.value ->> 'state' <> 'passed')
  and (plan.state in ('trialing', 'active') or (plan.state = 'cancellation_scheduled'
  and plan.period_end > $3)) ) ) = $4
  order by "project"."created_at" desc, "project"."id" desc
  limit $5;
