-- first page
select "id", "page", "page_version", "helpful", "comment", "state", "note", "created_at", "reviewed_at"
  from "docs_feedback"
  order by "docs_feedback"."created_at" desc, "docs_feedback"."id" desc
  limit $1;

-- next page of what is open about one page
select "id", "page", "page_version", "helpful", "comment", "state", "note", "created_at", "reviewed_at"
  from "docs_feedback"
  where "state" = $1
  and "page" = $2
  and ("docs_feedback"."created_at", "docs_feedback"."id") < ($3, $4::uuid)
  order by "docs_feedback"."created_at" desc, "docs_feedback"."id" desc
  limit $5;
