-- all
select "invitation"."id", "invitation"."email", "invitation"."role", "invitation"."state", "invitation"."invited_by", "invitation"."accepted_by", "invitation"."created_at", "invitation"."expires_at", case when invitation.restricted then array( select visible.client_id
  from invitation_clients as visible
  where visible.agency_id = invitation.agency_id
  and visible.invitation_id = invitation.id
  order by visible.client_id ) end as "client_ids"
  from "invitations" as "invitation"
  where "invitation"."agency_id" = $1
  and "invitation"."id" = $2;
