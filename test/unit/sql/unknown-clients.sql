-- all
select "id"
  from "clients"
  where "agency_id" = $1
  and "id" in ($2);
