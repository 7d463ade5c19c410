import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/** How people come to an account, and how its ownership goes from one to another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.invitations
      add column token_hash bytea constraint invitations_token unique constraint invitations_token_length check (octet_length(token_hash) = 32),
      add column restricted boolean not null default false,
      add column invited_by jsonb,
      add column sent_at timestamptz(3),
      add column ended_at timestamptz(3),
      add column accepted_by uuid,
      add constraint invitations_owner_sees_all check (not (role = 'owner' and restricted)),
      add constraint invitations_accepted_by check (accepted_by is null or state = 'accepted');
    create index invitations_page on foyer.invitations (agency_id, created_at desc, id desc);

    -- Which clients a restricted invitation restricts its member to.
    create table foyer.invitation_clients (
      agency_id uuid not null,
      invitation_id uuid not null,
      client_id uuid not null,
      primary key (agency_id, invitation_id, client_id),
      constraint invitation_clients_invitation foreign key (agency_id, invitation_id) references foyer.invitations (agency_id, id) on delete cascade,
      constraint invitation_clients_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id) on delete cascade
    );
    create index invitation_clients_of_client on foyer.invitation_clients (agency_id, client_id);

    -- The one offer of an account that waits for its answer; it goes when it is answered, and with either of the two.
    create table foyer.ownership_offers (
      agency_id uuid not null primary key references foyer.accounts (id),
      from_person_id uuid not null,
      to_person_id uuid not null,
      former_role text not null constraint ownership_offers_former_role check (former_role in ('owner', 'admin')),
      created_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      constraint ownership_offers_two check (from_person_id <> to_person_id),
      constraint ownership_offers_from foreign key (agency_id, from_person_id) references foyer.memberships (agency_id, person_id) on delete cascade,
      constraint ownership_offers_to foreign key (agency_id, to_person_id) references foyer.memberships (agency_id, person_id) on delete cascade
    );

    grant update (name, billing_email) on foyer.accounts to foyer_api;
    revoke insert on foyer.invitations from foyer_api;
    grant insert (agency_id, id, email, role, state, expires_at, token_hash, restricted, invited_by, sent_at),
          update (state, expires_at, token_hash, sent_at, ended_at, accepted_by) on foyer.invitations to foyer_api;
    grant select, insert on foyer.invitation_clients to foyer_api;
    grant select, delete, insert (agency_id, from_person_id, to_person_id, former_role, expires_at) on foyer.ownership_offers to foyer_api;
  `.execute(db);

  await tenantWall('invitation_clients').execute(db);
  await tenantWall('ownership_offers').execute(db);
  await sightWall('invitation_clients', { client: 'client_id' }).execute(db);
  await sql`
    create policy holder on foyer.invitations for select
      using (token_hash = decode(nullif(current_setting('foyer.presented_invitation', true), ''), 'hex'))
  `.execute(db);
}
