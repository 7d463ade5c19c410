-- all
select "png"
  from "logos"
  where "agency_id" = $1
  and "hash" = $2;
