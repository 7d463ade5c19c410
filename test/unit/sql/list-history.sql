-- first page
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", "seal"."position", "seal"."hash"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  inner join "event_seals" as "seal" on "seal"."agency_id" = "event"."agency_id"
  and "seal"."event_id" = "event"."id"
  where "event"."agency_id" = $2
  order by "event"."at" desc, "event"."id" desc
  limit $3;

-- next page with every filter
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", "seal"."position", "seal"."hash"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  inner join "event_seals" as "seal" on "seal"."agency_id" = "event"."agency_id"
  and "seal"."event_id" = "event"."id"
  where "event"."agency_id" = $2
  and "event"."kind" = $3
  and event.actor ->> 'id' = $4
  and "event"."client_id" = $5
  and "event"."project_id" = $6
  and "event"."at" >= $7
  and "event"."at" < $8
  and (event.at, event.id) < ($9, $10::uuid)
  order by "event"."at" desc, "event"."id" desc
  limit $11;
