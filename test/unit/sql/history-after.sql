-- from the start
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", "seal"."position", "seal"."hash"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  inner join "event_seals" as "seal" on "seal"."agency_id" = "event"."agency_id"
  and "seal"."event_id" = "event"."id"
  where "event"."agency_id" = $2
  and "seal"."position" > $3
  order by "seal"."position"
  limit $4;

-- behind a position, of one client
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", "seal"."position", "seal"."hash"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  inner join "event_seals" as "seal" on "seal"."agency_id" = "event"."agency_id"
  and "seal"."event_id" = "event"."id"
  where "event"."agency_id" = $2
  and "event"."client_id" = $3
  and "seal"."position" > $4
  order by "seal"."position"
  limit $5;
