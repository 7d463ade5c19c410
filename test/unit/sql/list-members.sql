-- first page
select "person"."id", "person"."name", "person"."email", "membership"."role", "membership"."created_at", case when membership.restricted then array( select visible.client_id
  from membership_clients as visible
  where visible.agency_id = membership.agency_id
  and visible.person_id = membership.person_id
  order by visible.client_id ) end as "client_ids"
  from "memberships" as "membership"
  inner join "auth"."people" as "person" on "person"."id" = "membership"."person_id"
  where "membership"."agency_id" = $1
  order by "membership"."created_at" desc, "membership"."person_id" desc
  limit $2;

-- next page
select "person"."id", "person"."name", "person"."email", "membership"."role", "membership"."created_at", case when membership.restricted then array( select visible.client_id
  from membership_clients as visible
  where visible.agency_id = membership.agency_id
  and visible.person_id = membership.person_id
  order by visible.client_id ) end as "client_ids"
  from "memberships" as "membership"
  inner join "auth"."people" as "person" on "person"."id" = "membership"."person_id"
  where "membership"."agency_id" = $1
  and ("membership"."created_at", "membership"."person_id") < ($2, $3::uuid)
  order by "membership"."created_at" desc, "membership"."person_id" desc
  limit $4;
