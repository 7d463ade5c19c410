-- first page
select "id", "name", "prefix", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at", "replaced_by"
  from "api_keys"
  where "agency_id" = $1
  order by "api_keys"."created_at" desc, "api_keys"."id" desc
  limit $2;

-- next page
select "id", "name", "prefix", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at", "replaced_by"
  from "api_keys"
  where "agency_id" = $1
  and ("api_keys"."created_at", "api_keys"."id") < ($2, $3::uuid)
  order by "api_keys"."created_at" desc, "api_keys"."id" desc
  limit $4;
