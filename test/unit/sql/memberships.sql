-- all
select *
  from foyer.find_memberships($1);
