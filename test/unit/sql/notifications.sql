-- all
select "membership"."role", "choice"."kind", "choice"."wanted"
  from "memberships" as "membership"
  left join "notification_choices" as "choice" on "choice"."agency_id" = "membership"."agency_id"
  and "choice"."person_id" = "membership"."person_id"
  where "membership"."agency_id" = $1
  and "membership"."person_id" = $2;
