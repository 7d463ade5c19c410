-- all
select "project"."client_id", "report"."title", "report"."domain", "report"."risk_score", "report"."pages_scanned", "report"."findings", "report"."at"
  from "projects" as "project"
  left join "reports" as "report" on "report"."agency_id" = "project"."agency_id"
  and "report"."project_id" = "project"."id"
  where "project"."agency_id" = $1
  and "project"."id" = $2;
