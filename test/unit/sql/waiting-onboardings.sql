-- of the agency
select "workflow_id"
  from "onboardings"
  where "agency_id" = $1
  and "finished_at" is null
  order by "created_at", "id";

-- of two clients
select "workflow_id"
  from "onboardings"
  where "agency_id" = $1
  and "finished_at" is null
  and "client_id" in ($2, $3)
  order by "created_at", "id";

-- in some states
select "workflow_id"
  from "onboardings"
  where "agency_id" = $1
  and "finished_at" is null
  and "state" in ($2, $3)
  order by "created_at", "id";
