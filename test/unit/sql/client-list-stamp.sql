-- all
select foyer.client_list_stamp($1) as stamp;
