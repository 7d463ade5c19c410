-- all
select "workflow_id"
  from "onboardings"
  where "agency_id" = $1
  and "client_id" = $2
  and "state" in ($3, $4)
  order by "created_at" desc
  limit $5;
