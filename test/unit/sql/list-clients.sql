-- first page
select *
  from foyer.page_of_clients( $1, $2, $3, $4, $5, $6, $7, $8 );

-- next page of a search in one state
select *
  from foyer.page_of_clients( $1, $2, $3, $4, $5, $6, $7, $8 );
