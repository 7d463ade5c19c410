-- of the agency
select "account"."name", "client"."state" as "client_state", "own"."report_brand", "own"."accent_color", "own"."footer", "own"."version", "logo"."hash", "logo"."width", "logo"."height", "theirs"."report_brand" as "their_report_brand", "theirs"."accent_color" as "their_accent_color", "theirs"."footer" as "their_footer", "theirs"."version" as "their_version", "their_logo"."hash" as "their_hash", "their_logo"."width" as "their_width", "their_logo"."height" as "their_height"
  from "accounts" as "account"
  left join "brands" as "own" on "own"."agency_id" = "account"."id"
  left join "logos" as "logo" on "logo"."agency_id" = "own"."agency_id"
  and "logo"."hash" = "own"."logo_hash"
  left join "clients" as "client" on "client"."agency_id" = "account"."id"
  and "client"."id" = $1
  left join "client_brands" as "theirs" on "theirs"."agency_id" = "client"."agency_id"
  and "theirs"."client_id" = "client"."id"
  left join "logos" as "their_logo" on "their_logo"."agency_id" = "theirs"."agency_id"
  and "their_logo"."hash" = "theirs"."logo_hash"
  where "account"."id" = $2;

-- of a client
select "account"."name", "client"."state" as "client_state", "own"."report_brand", "own"."accent_color", "own"."footer", "own"."version", "logo"."hash", "logo"."width", "logo"."height", "theirs"."report_brand" as "their_report_brand", "theirs"."accent_color" as "their_accent_color", "theirs"."footer" as "their_footer", "theirs"."version" as "their_version", "their_logo"."hash" as "their_hash", "their_logo"."width" as "their_width", "their_logo"."height" as "their_height"
  from "accounts" as "account"
  left join "brands" as "own" on "own"."agency_id" = "account"."id"
  left join "logos" as "logo" on "logo"."agency_id" = "own"."agency_id"
  and "logo"."hash" = "own"."logo_hash"
  left join "clients" as "client" on "client"."agency_id" = "account"."id"
  and "client"."id" = $1
  left join "client_brands" as "theirs" on "theirs"."agency_id" = "client"."agency_id"
  and "theirs"."client_id" = "client"."id"
  left join "logos" as "their_logo" on "their_logo"."agency_id" = "theirs"."agency_id"
  and "their_logo"."hash" = "theirs"."logo_hash"
  where "account"."id" = $2;
