-- all
select "offboarding"."id", "offboarding"."workflow_id", "offboarding"."state", "offboarding"."ends_at", "offboarding"."message", "offboarding"."reminders_sent", "offboarding"."pack_state", "offboarding"."created_at", "offboarding"."finished_at", "pack"."made_at", "pack"."expires_at", octet_length(pack.content) as "bytes"
  from "offboardings" as "offboarding"
  left join "export_packs" as "pack" on "pack"."agency_id" = "offboarding"."agency_id"
  and "pack"."offboarding_id" = "offboarding"."id"
  where "offboarding"."agency_id" = $1
  and "offboarding"."client_id" = $2
  order by "offboarding"."created_at" desc, "offboarding"."id" desc
  limit $3;
