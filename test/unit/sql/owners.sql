-- all
select "person"."name", "person"."email"
  from "memberships" as "membership"
  inner join "auth"."people" as "person" on "person"."id" = "membership"."person_id"
  where "membership"."agency_id" = $1
  and "membership"."role" = $2
  order by "membership"."created_at", "person"."id";
