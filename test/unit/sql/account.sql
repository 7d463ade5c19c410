-- all
select "account"."kind", "account"."name", "account"."billing_email", "account"."created_at", (select count(*) as "count"
  from "memberships"
  where "agency_id" = $1) as "members", (select count(*) as "count"
  from "clients"
  where "agency_id" = $2) as "clients", (select count(*) as "count"
  from "projects"
  where "agency_id" = $3) as "projects", (select count(*) as "count"
  from "invitations"
  where "agency_id" = $4
  and "state" = $5
  and "expires_at" > $6) as "pending_invitations"
  from "accounts" as "account"
  where "account"."id" = $7;
