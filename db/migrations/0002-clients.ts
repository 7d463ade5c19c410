import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** Client accounts, projects, badges, reports and sharing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.clients (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7(),
      name text not null constraint clients_name check (name <> ''),
      name_key text not null generated always as (casefold(normalize(btrim(name), NFKC) collate pg_unicode_fast)) stored,
      contact_email text,
      external_reference text,
      notes text,
      state text not null constraint clients_state check (state in ('pending', 'active', 'archived')),
      version integer not null default 1,
      crm_event_at timestamptz(3),
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (agency_id, id),
      constraint clients_name_taken unique (agency_id, name_key),
      constraint clients_external_reference_taken unique (agency_id, external_reference)
    );
    create index clients_page on foyer.clients (agency_id, created_at desc, id desc);

    create table foyer.projects (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null default uuidv7(),
      name text not null constraint projects_name check (name <> ''),
      domain text not null,
      client_id uuid,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      primary key (agency_id, id),
      constraint projects_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id)
    );
    create index projects_page on foyer.projects (agency_id, created_at desc, id desc);
    create index projects_of_client on foyer.projects (agency_id, client_id);
    create index projects_unassigned_domain on foyer.projects (agency_id, domain) where client_id is null;

    create table foyer.badges (
      agency_id uuid not null,
      project_id uuid not null,
      family text not null,
      value text not null,
      reason text,
      source jsonb not null,
      at timestamptz(3) not null,
      primary key (agency_id, project_id, family),
      constraint badges_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id),
      constraint badges_value check (case family
        when 'scan' then value in ('blocked', 'failed', 'not_started', 'scope_required', 'authorization_required', 'ready', 'queued', 'running', 'completed')
        when 'fix' then value in ('retest_failed', 'credit_required', 'waiting_for_evidence', 'in_progress', 'retest_pending', 'no_tasks', 'fixed')
        when 'handoff' then value in ('failed', 'retry_scheduled', 'not_sent', 'portable_file', 'exported', 'not_needed')
        when 'monitoring' then value in ('inactive', 'inconclusive', 'new_issues', 'recurring_issues', 'baseline_required', 'off', 'active')
        else false end)
    );

    create table foyer.reports (
      agency_id uuid not null,
      project_id uuid not null,
      title text not null,
      domain text not null,
      risk_score double precision not null constraint reports_risk_score check (risk_score between 0 and 100),
      pages_scanned integer not null constraint reports_pages_scanned check (pages_scanned >= 0),
      findings jsonb not null,
      gates jsonb not null,
      at timestamptz(3) not null,
      received_at timestamptz(3) not null default now(),
      primary key (agency_id, project_id),
      constraint reports_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id)
    );

    create table foyer.sharings (
      agency_id uuid not null,
      project_id uuid not null,
      client_id uuid not null,
      state text not null constraint sharings_state check (state in ('shared', 'disabled')),
      token_hash bytea constraint sharings_token unique,
      expires_at timestamptz(3),
      views integer not null default 0,
      last_viewed_at timestamptz(3),
      primary key (agency_id, project_id),
      constraint sharings_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id),
      constraint sharings_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id),
      constraint sharings_token_while_shared check ((state = 'shared') = (token_hash is not null))
    );

    grant select on foyer.clients, foyer.projects, foyer.badges, foyer.reports, foyer.sharings to foyer_api, foyer_worker;
    grant insert, update (value, reason, source, at) on foyer.badges to foyer_api;
    grant insert, update, delete on foyer.clients to foyer_worker;
    grant insert, update on foyer.projects, foyer.reports, foyer.sharings to foyer_worker;
  `.execute(db);

  for (const table of ['clients', 'projects', 'badges', 'reports', 'sharings']) await tenantWall(table).execute(db);
}
