-- all
select *
  from foyer.find_api_key($1);
