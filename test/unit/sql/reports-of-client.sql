-- all
select "report"."project_id", "report"."title", "report"."domain", "report"."risk_score", "report"."pages_scanned", "report"."gates", "report"."findings", "report"."at"
  from "projects" as "project"
  inner join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  where "project"."agency_id" = $1
  and "project"."client_id" = $2
  order by "project"."created_at", "project"."id";
