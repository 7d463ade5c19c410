-- all
select *
  from foyer.find_session($1);
