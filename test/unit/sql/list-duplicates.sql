-- first page
select "client"."id", "client"."name", "client"."state", "client"."created_at", "twin"."id" as "twin_id", "twin"."name" as "twin_name", "twin"."state" as "twin_state", "twin"."by_name"
  from "clients" as "client"
  inner join lateral (select "older"."id", "older"."name", "older"."state", coalesce(older.name_sketch = client.name_sketch, false) as "by_name"
  from "clients" as "older"
  where "older"."agency_id" = "client"."agency_id"
  and "older"."state" != $1
  and (older.created_at, older.id) < (client.created_at, client.id)
  and (older.id = any (array(select twin.id
  from clients as twin
  where twin.agency_id = client.agency_id
  and twin.name_sketch = client.name_sketch)) or older.id = any (array(select twin.id
  from clients as twin
  where twin.agency_id = client.agency_id
  and lower(twin.contact_email) = lower(client.contact_email))))
  order by "older"."created_at", "older"."id"
  limit $2) as "twin" on true
  where "client"."agency_id" = $3
  and "client"."state" != $4
  order by "client"."created_at" desc, "client"."id" desc
  limit $5;

-- next page
select "client"."id", "client"."name", "client"."state", "client"."created_at", "twin"."id" as "twin_id", "twin"."name" as "twin_name", "twin"."state" as "twin_state", "twin"."by_name"
  from "clients" as "client"
  inner join lateral (select "older"."id", "older"."name", "older"."state", coalesce(older.name_sketch = client.name_sketch, false) as "by_name"
  from "clients" as "older"
  where "older"."agency_id" = "client"."agency_id"
  and "older"."state" != $1
  and (older.created_at, older.id) < (client.created_at, client.id)
  and (older.id = any (array(select twin.id
  from clients as twin
  where twin.agency_id = client.agency_id
  and twin.name_sketch = client.name_sketch)) or older.id = any (array(select twin.id
  from clients as twin
  where twin.agency_id = client.agency_id
  and lower(twin.contact_email) = lower(client.contact_email))))
  order by "older"."created_at", "older"."id"
  limit $2) as "twin" on true
  where "client"."agency_id" = $3
  and "client"."state" != $4
  and ("client"."created_at", "client"."id") < ($5, $6::uuid)
  order by "client"."created_at" desc, "client"."id" desc
  limit $7;
