-- from the start
select *, txid::text as "txid_text"
  from "events"
  where "agency_id" = $1
  and txid < pg_snapshot_xmin(pg_current_snapshot())
  order by "txid", "id"
  limit $2;

-- behind a position
select *, txid::text as "txid_text"
  from "events"
  where "agency_id" = $1
  and txid < pg_snapshot_xmin(pg_current_snapshot())
  and (txid, id) > ($2::xid8, $3::uuid)
  order by "txid", "id"
  limit $4;
