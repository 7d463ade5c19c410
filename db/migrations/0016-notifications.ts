import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** Which mails of an account its members want. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What is not here is as the role has it.
    create table foyer.notification_choices (
      agency_id uuid not null,
      person_id uuid not null,
      kind text not null,
      wanted boolean not null,
      primary key (agency_id, person_id, kind),
      constraint notification_choices_membership foreign key (agency_id, person_id) references foyer.memberships (agency_id, person_id) on delete cascade,
      constraint notification_choices_kind
        check (kind in ('onboarding.reminder', 'onboarding.stalled', 'onboarding.needs_attention', 'sharing.not_opened', 'offboarding'))
    );

    grant select, insert, update (wanted) on foyer.notification_choices to foyer_api;
    grant select on foyer.notification_choices, foyer.membership_clients to foyer_worker;
  `.execute(db);
  await tenantWall('notification_choices').execute(db);
}
