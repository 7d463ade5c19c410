-- all
select "person"."id" as "personId", "person"."name", "person"."email"
  from "memberships" as "membership"
  inner join "auth"."people" as "person" on "person"."id" = "membership"."person_id"
  left join "notification_choices" as "choice" on "choice"."agency_id" = "membership"."agency_id"
  and "choice"."person_id" = "membership"."person_id"
  and "choice"."kind" = $1
  where "membership"."agency_id" = $2
  and coalesce("choice"."wanted", "membership"."role" in ($3, $4))
  and ("membership"."restricted" = $5 or exists (select "visible"."client_id"
  from "membership_clients" as "visible"
  where "visible"."agency_id" = "membership"."agency_id"
  and "visible"."person_id" = "membership"."person_id"
  and "visible"."client_id" = $6))
  order by "membership"."created_at", "person"."id";

-- one
select "person"."id" as "personId", "person"."name", "person"."email"
  from "memberships" as "membership"
  inner join "auth"."people" as "person" on "person"."id" = "membership"."person_id"
  left join "notification_choices" as "choice" on "choice"."agency_id" = "membership"."agency_id"
  and "choice"."person_id" = "membership"."person_id"
  and "choice"."kind" = $1
  where "membership"."agency_id" = $2
  and coalesce("choice"."wanted", "membership"."role" in ($3, $4))
  and ("membership"."restricted" = $5 or exists (select "visible"."client_id"
  from "membership_clients" as "visible"
  where "visible"."agency_id" = "membership"."agency_id"
  and "visible"."person_id" = "membership"."person_id"
  and "visible"."client_id" = $6))
  and "membership"."person_id" = $7
  order by "membership"."created_at", "person"."id";
