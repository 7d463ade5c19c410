-- all
select "white_label", "state", "period_end"
  from "plans"
  where "agency_id" = $1;
