-- first page
select "client"."id", "client"."name", "client"."state", "client"."created_at", "twin"."id" as "twin_id", "twin"."name" as "twin_name", "twin"."state" as "twin_state", "twin"."by_name"
  from (select "id", "name", "state", "created_at", "name_sketch", case when name_sketch is null then id else first_value(id) over (partition by name_sketch
  order by created_at, id) end as "of_name", case when contact_email is null then id else first_value(id) over (partition by lower(contact_email)
  order by created_at, id) end as "of_contact"
  from "clients"
  where "agency_id" = $1
  and "state" != $2) as "client"
  inner join lateral (select "older"."id", "older"."name", "older"."state", coalesce(older.name_sketch = client.name_sketch, false) as "by_name"
  from "clients" as "older"
  where "older"."agency_id" = $3
  and older.id in (client.of_name, client.of_contact)
  and older.id != client.id
  order by "older"."created_at", "older"."id"
  limit $4) as "twin" on true
  where (client.of_name != client.id or client.of_contact != client.id)
  order by "client"."created_at" desc, "client"."id" desc
  limit $5;

-- next page
select "client"."id", "client"."name", "client"."state", "client"."created_at", "twin"."id" as "twin_id", "twin"."name" as "twin_name", "twin"."state" as "twin_state", "twin"."by_name"
  from (select "id", "name", "state", "created_at", "name_sketch", case when name_sketch is null then id else first_value(id) over (partition by name_sketch
  order by created_at, id) end as "of_name", case when contact_email is null then id else first_value(id) over (partition by lower(contact_email)
  order by created_at, id) end as "of_contact"
  from "clients"
  where "agency_id" = $1
  and "state" != $2) as "client"
  inner join lateral (select "older"."id", "older"."name", "older"."state", coalesce(older.name_sketch = client.name_sketch, false) as "by_name"
  from "clients" as "older"
  where "older"."agency_id" = $3
  and older.id in (client.of_name, client.of_contact)
  and older.id != client.id
  order by "older"."created_at", "older"."id"
  limit $4) as "twin" on true
  where (client.of_name != client.id or client.of_contact != client.id)
  and ("client"."created_at", "client"."id") < ($5, $6::uuid)
  order by "client"."created_at" desc, "client"."id" desc
  limit $7;
