-- first page
select "import"."id", "import"."workflow_id", "import"."state", "import"."on_limit", "import"."on_duplicate", "import"."file_name", import.actor ->> 'label' as "by", "import"."total", "import"."created_at", "import"."finished_at", (select jsonb_object_agg(counted.outcome, counted.count) as "counts"
  from (select "row"."outcome", count(*) as "count"
  from "import_rows" as "row"
  where "row"."agency_id" = "import"."agency_id"
  and "row"."import_id" = "import"."id"
  group by "row"."outcome") as "counted") as "counts"
  from "imports" as "import"
  where "import"."agency_id" = $1
  order by "import"."created_at" desc, "import"."id" desc
  limit $2;

-- next page
select "import"."id", "import"."workflow_id", "import"."state", "import"."on_limit", "import"."on_duplicate", "import"."file_name", import.actor ->> 'label' as "by", "import"."total", "import"."created_at", "import"."finished_at", (select jsonb_object_agg(counted.outcome, counted.count) as "counts"
  from (select "row"."outcome", count(*) as "count"
  from "import_rows" as "row"
  where "row"."agency_id" = "import"."agency_id"
  and "row"."import_id" = "import"."id"
  group by "row"."outcome") as "counted") as "counts"
  from "imports" as "import"
  where "import"."agency_id" = $1
  and ("import"."created_at", "import"."id") < ($2, $3::uuid)
  order by "import"."created_at" desc, "import"."id" desc
  limit $4;
