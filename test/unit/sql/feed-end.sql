-- all
select event.txid::text as "txid", "event"."id"
  from "events" as "event"
  where "event"."agency_id" = $1
  and event.txid < pg_snapshot_xmin(pg_current_snapshot())
  order by "event"."txid" desc, "event"."id" desc
  limit $2;
