-- all
select "onboarding"."id", "onboarding"."state"
  from "clients" as "client"
  inner join "onboardings" as "onboarding" on "onboarding"."agency_id" = "client"."agency_id"
  and "onboarding"."client_id" = "client"."id"
  where "client"."agency_id" = $1
  and "client"."external_reference" = $2
  order by "onboarding"."created_at" desc
  limit $3;
