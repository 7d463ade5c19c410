-- all
select "token"."agency_id", "token"."client_id", "sharing"."sealed_token", "report"."title", "report"."domain", "report"."at"
  from "share_tokens" as "token"
  left join "sharings" as "sharing" on "sharing"."agency_id" = "token"."agency_id"
  and "sharing"."client_id" = "token"."client_id"
  and "sharing"."token_hash" is not null
  left join "verified_reports" as "report" on "report"."agency_id" = "sharing"."agency_id"
  and "report"."project_id" = "sharing"."project_id"
  where "token"."hash" = $1
  and "token"."kind" = $2
  order by "report"."at" desc, "report"."project_id";
