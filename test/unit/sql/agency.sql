-- all
select "plan".*, "account"."name", (select count(*) as "count"
  from "projects"
  where "agency_id" = $1) as "project_count", (select count(*) as "count"
  from "projects"
  where "agency_id" = $2
  and "client_id" is null) as "unassigned_count", (select count(*) as "count"
  from "sharings"
  where "agency_id" = $3
  and "state" = $4
  and ("expires_at" is null or "expires_at" > $5)) as "shared_count", (select count(*) as "count"
  from "onboardings"
  where "agency_id" = $6
  and "state" in ($7, $8, $9, $10, $11, $12)) as "open_count", (select count(*) as "count"
  from "onboardings"
  where "agency_id" = $13
  and "state" in ($14, $15, $16, $17)) as "need_people_count", case when foyer.visible_clients() is null then plan.client_slots_used else ( select count(*)
  from clients
  where agency_id = $18
  and state = 'active' ) end as "clients_used"
  from "accounts" as "account"
  inner join "plans" as "plan" on "plan"."agency_id" = "account"."id"
  where "account"."id" = $19
  and "account"."kind" = $20;
