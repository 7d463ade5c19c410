import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/** What came in by a CRM connection of late, so that its owner sees whether and why a message did nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table foyer.crm_connections add last_unverified_at timestamptz(3);

    create table foyer.crm_deliveries (
      agency_id uuid not null,
      id uuid not null default uuidv7(),
      connection_id uuid not null,
      message_id text not null,
      type text,
      outcome text not null constraint crm_deliveries_outcome check (outcome in ('onboarding', 'ignored', 'refused')),
      onboarding_id uuid,
      reason text,
      replayed boolean not null,
      created_at timestamptz(3) not null default now(),
      primary key (agency_id, id),
      constraint crm_deliveries_connection foreign key (agency_id, connection_id) references foyer.crm_connections (agency_id, id),
      constraint crm_deliveries_told check (case outcome when 'onboarding' then onboarding_id is not null else reason is not null end)
    );
    create index crm_deliveries_page on foyer.crm_deliveries (agency_id, connection_id, created_at desc, id desc);

    grant select, delete on foyer.crm_deliveries to foyer_api;
    grant insert (agency_id, connection_id, message_id, type, outcome, onboarding_id, reason, replayed) on foyer.crm_deliveries to foyer_api;
    grant update (last_unverified_at) on foyer.crm_connections to foyer_api;
  `.execute(db);
  await tenantWall('crm_deliveries').execute(db);
  await sightWall('crm_deliveries', { through: 'onboardings', key: 'onboarding_id' }).execute(db);
}
