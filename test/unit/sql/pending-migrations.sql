-- all
select name
  from foyer.kysely_migration;
