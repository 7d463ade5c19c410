-- all
select "sketch"
  from ( select foyer.name_sketch(name) as sketch, place
  from jsonb_array_elements_text($1::jsonb) with ordinality as given (name, place) ) as "sketched"
  order by place;
