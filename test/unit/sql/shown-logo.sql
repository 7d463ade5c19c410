-- all
select "png"
  from "logos"
  where "hash" = $1;
