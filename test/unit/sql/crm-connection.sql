-- all
select *
  from "crm_connections"
  where "id" = $1
  and "deleted_at" is null;
