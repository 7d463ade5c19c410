-- from the start
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", event.txid::text as "txid"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  where "event"."agency_id" = $2
  and event.txid < pg_snapshot_xmin(pg_current_snapshot())
  order by "event"."txid", "event"."id"
  limit $3;

-- behind a position
select "event"."id", "event"."kind", "event"."actor", "event"."origin", "event"."client_id", "event"."project_id", "event"."onboarding_id", "event"."before", "event"."after", "event"."details_hash", "event"."at", "details"."content", event.txid::text as "txid"
  from "events" as "event"
  left join "event_details" as "details" on "details"."agency_id" = "event"."agency_id"
  and "details"."event_id" = "event"."id"
  and "details"."agency_id" = $1
  where "event"."agency_id" = $2
  and event.txid < pg_snapshot_xmin(pg_current_snapshot())
  and (event.txid, event.id) > ($3::xid8, $4::uuid)
  order by "event"."txid", "event"."id"
  limit $5;
