-- all
select "offer"."from_person_id", "giver"."name" as "from_name", "offer"."to_person_id", "taker"."name" as "to_name", "offer"."former_role", "offer"."created_at", "offer"."expires_at"
  from "ownership_offers" as "offer"
  inner join "auth"."people" as "giver" on "giver"."id" = "offer"."from_person_id"
  inner join "auth"."people" as "taker" on "taker"."id" = "offer"."to_person_id"
  where "offer"."agency_id" = $1
  and "offer"."expires_at" > $2;
