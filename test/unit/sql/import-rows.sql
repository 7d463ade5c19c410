-- from the start
select "row"."line", "row"."outcome", "row"."code", "row"."detail", "row"."client_id", coalesce("row"."name", "client"."name") as "name"
  from "import_rows" as "row"
  left join "clients" as "client" on "client"."agency_id" = "row"."agency_id"
  and "client"."id" = "row"."client_id"
  where "row"."agency_id" = $1
  and "row"."import_id" = $2
  and "row"."line" > $3
  order by "row"."line"
  limit $4;

-- behind a line, of one outcome
select "row"."line", "row"."outcome", "row"."code", "row"."detail", "row"."client_id", coalesce("row"."name", "client"."name") as "name"
  from "import_rows" as "row"
  left join "clients" as "client" on "client"."agency_id" = "row"."agency_id"
  and "client"."id" = "row"."client_id"
  where "row"."agency_id" = $1
  and "row"."import_id" = $2
  and "row"."line" > $3
  and "row"."outcome" = $4
  order by "row"."line"
  limit $5;
