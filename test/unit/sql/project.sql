-- all
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
  and "project"."id" = $2;
