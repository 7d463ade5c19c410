import { type Kysely, sql } from 'kysely';

/** People delete their sign-in, and with it what accounts know of them beside the history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Whoever is still a member of an account is held by their membership.
    grant delete on auth.people to foyer_api;
    grant update (email, invited_by) on foyer.invitations to foyer_api;
    grant update (actor) on foyer.imports to foyer_api;
    grant delete on foyer.event_details to foyer_api;
    create policy of_people on foyer.event_details as restrictive for delete to foyer_api using (client_id is null);
  `.execute(db);
}
