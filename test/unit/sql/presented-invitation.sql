-- all
select "agency_id" as "accountId", "id"
  from "invitations"
  where "token_hash" = $1;
