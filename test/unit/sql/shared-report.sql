-- all
select "token"."agency_id", "token"."project_id", "token"."client_id", "token"."expires_at", "sharing"."state", "report"."title", "report"."domain", "report"."risk_score", "report"."pages_scanned", "report"."findings", "report"."at"
  from "share_tokens" as "token"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "token"."agency_id"
  and "sharing"."project_id" = "token"."project_id"
  and "sharing"."client_id" = "token"."client_id"
  and "sharing"."token_hash" = "token"."hash"
  left join "verified_reports" as "report" on "report"."agency_id" = "sharing"."agency_id"
  and "report"."project_id" = "sharing"."project_id"
  where "token"."hash" = $1
  and "token"."kind" = $2;
