-- all
select "id", "client_id", "state", "project_id"
  from "onboardings"
  where "agency_id" = $1
  and "client_id" in ($2, $3)
  and "finished_at" is null
  order by "created_at", "id";
