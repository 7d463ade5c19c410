import { type Kysely, sql } from 'kysely';
import { sightWall, tenantWall } from '../walls.ts';

/**
 * Imports and their rows: taken in by the API as a whole, worked off by the worker. What a row says of a client is kept until the client has it, or until
 * some time after the end. Members are told of the end as they choose.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.imports (
      agency_id uuid not null references foyer.accounts (id),
      id uuid not null,
      workflow_id text not null constraint imports_workflow unique,
      state text not null default 'queued' constraint imports_state check (state in ('queued', 'running', 'done', 'cancelled')),
      on_limit text not null constraint imports_on_limit check (on_limit in ('refuse', 'wait')),
      on_duplicate text not null constraint imports_on_duplicate check (on_duplicate in ('skip', 'create')),
      file_name text,
      actor jsonb not null,
      total integer not null constraint imports_total check (total > 0),
      created_at timestamptz(3) not null default now(),
      finished_at timestamptz(3),
      primary key (agency_id, id),
      constraint imports_finished check ((state in ('done', 'cancelled')) = (finished_at is not null))
    );
    create index imports_page on foyer.imports (agency_id, created_at desc, id desc);

    -- The ids of what a row makes are made with the row, so that however often it is worked on it makes the same.
    create table foyer.import_rows (
      agency_id uuid not null,
      import_id uuid not null,
      line integer not null constraint import_rows_line check (line > 0),
      onboarding_id uuid not null default uuidv7(),
      new_client_id uuid not null default uuidv7(),
      name text,
      contact_email text,
      external_reference text,
      notes text,
      domain text,
      twin_line integer,
      outcome text not null default 'pending' constraint import_rows_outcome
        check (outcome in ('pending', 'running', 'created', 'updated', 'waiting', 'duplicate', 'refused', 'cancelled')),
      code text,
      detail text,
      client_id uuid,
      primary key (agency_id, import_id, line),
      constraint import_rows_import foreign key (agency_id, import_id) references foyer.imports (agency_id, id),
      constraint import_rows_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id) on delete set null (client_id),
      constraint import_rows_onboarding unique (agency_id, onboarding_id)
    );
    create index import_rows_of_client on foyer.import_rows (agency_id, client_id) where client_id is not null;
    create index import_rows_left on foyer.import_rows (agency_id, import_id, outcome, line);

    alter table foyer.notification_choices drop constraint notification_choices_kind;
    alter table foyer.notification_choices add constraint notification_choices_kind
      check (kind in ('onboarding.reminder', 'onboarding.stalled', 'onboarding.needs_attention', 'sharing.not_opened', 'offboarding', 'import.ended'));

    grant select on foyer.imports, foyer.import_rows to foyer_api, foyer_worker;
    grant insert (agency_id, id, workflow_id, on_limit, on_duplicate, file_name, actor, total) on foyer.imports to foyer_api;
    grant insert (agency_id, import_id, line, name, contact_email, external_reference, notes, domain, twin_line, outcome, code, detail)
      on foyer.import_rows to foyer_api;
    grant update (state, finished_at, file_name) on foyer.imports to foyer_worker;
    grant update (name, contact_email, external_reference, notes, domain, outcome, code, detail, client_id) on foyer.import_rows to foyer_worker;
  `.execute(db);
  for (const table of ['imports', 'import_rows']) await tenantWall(table).execute(db);
  await sightWall('import_rows', { client: 'client_id' }).execute(db);
}
