-- of the agency
select "account"."name", "own"."report_brand", "own"."accent_color", "own"."footer", "client"."report_brand" as "client_report_brand", "client"."accent_color" as "client_accent_color", "client"."footer" as "client_footer", "logo"."hash", "logo"."width", "logo"."height"
  from "accounts" as "account"
  left join "brands" as "own" on "own"."agency_id" = "account"."id"
  left join "client_brands" as "client" on "client"."agency_id" = "account"."id"
  and "client"."client_id" = $1
  left join "logos" as "logo" on "logo"."agency_id" = "account"."id"
  and "logo"."hash" = coalesce("client"."logo_hash", "own"."logo_hash")
  where "account"."id" = $2;

-- of a client
select "account"."name", "own"."report_brand", "own"."accent_color", "own"."footer", "client"."report_brand" as "client_report_brand", "client"."accent_color" as "client_accent_color", "client"."footer" as "client_footer", "logo"."hash", "logo"."width", "logo"."height"
  from "accounts" as "account"
  left join "brands" as "own" on "own"."agency_id" = "account"."id"
  left join "client_brands" as "client" on "client"."agency_id" = "account"."id"
  and "client"."client_id" = $1
  left join "logos" as "logo" on "logo"."agency_id" = "account"."id"
  and "logo"."hash" = coalesce("client"."logo_hash", "own"."logo_hash")
  where "account"."id" = $2;
