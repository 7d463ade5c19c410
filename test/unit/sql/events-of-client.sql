-- all
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  where "event"."agency_id" = $2
  and "event"."client_id" = $3
  order by "event"."at", "event"."id";
