-- all
select "offboarding_id", "content"
  from "export_packs"
  where "agency_id" = $1
  and "client_id" = $2
  and "expires_at" > now()
  order by "made_at" desc
  limit $3;
