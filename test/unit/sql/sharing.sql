-- all
select "sharing"."state", "sharing"."expires_at", "sharing"."sealed_token", "sharing"."sealed_portal_token", "viewed"."views", "viewed"."last_viewed_at"
  from "projects" as "project"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "project"."agency_id"
  and "sharing"."project_id" = "project"."id"
  left join "share_views" as "viewed" on "viewed"."agency_id" = "sharing"."agency_id"
  and "viewed"."project_id" = "sharing"."project_id"
  and "viewed"."client_id" = "sharing"."client_id"
  where "project"."agency_id" = $1
  and "project"."id" = $2;
