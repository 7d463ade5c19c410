-- all
select *
  from foyer.find_answer($1, $2);
