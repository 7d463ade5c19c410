-- all
select "holder_id", "holder_state", "onboarding_state", "namesake"
  from ( select given.place, holder.id as holder_id, holder.state as holder_state, newest.state as onboarding_state, namesake.id as namesake
  from jsonb_to_recordset($1::jsonb) as given (place integer, name text, reference text)
  left join "clients" as "holder" on "holder"."agency_id" = $2
  and holder.external_reference = given.reference
  left join lateral ( select state
  from "onboardings" as "onboarding"
  where "onboarding"."agency_id" = $3
  and onboarding.client_id = holder.id
  order by created_at desc
  limit 1 ) as newest on true
  left join "clients" as "namesake" on "namesake"."agency_id" = $4
  and namesake.name_key = casefold(normalize(btrim(given.name), NFKC) collate pg_unicode_fast) ) as "found"
  order by place;
