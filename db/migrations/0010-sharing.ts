import { type Kysely, sql } from 'kysely';
import { linkWall, sightWall, tenantWall } from '../walls.ts';

/** What of an agency's rows whoever presents the token of a link sees: never more than the reports that it opens, and whose they are. */
const shownByLink = {
  // Its own rows by hash; of the client's other projects only what is shared now, and only by the link of a portal.
  sharings: `exists (
    select from foyer.opened_link() as link
    where link.agency_id = sharings.agency_id and link.client_id = sharings.client_id and (
      link.hash = sharings.token_hash or link.hash = sharings.portal_hash
      or link.kind = 'portal' and sharings.state = 'shared' and (sharings.expires_at is null or sharings.expires_at > now())
    )
  )`,
  // Held to the client here as well: a project that was moved is not the one that was shared.
  projects: `exists (
    select from foyer.sharings as shared where shared.agency_id = projects.agency_id and shared.project_id = projects.id and shared.client_id = projects.client_id
  )`,
  verified_reports: `exists (
    select from foyer.projects as shown where shown.agency_id = verified_reports.agency_id and shown.id = verified_reports.project_id
  )`,
  accounts: 'id in (select agency_id from foyer.opened_link())',
};

/** Links to reports: their tokens, living and retired, what they show, and how often it was looked at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.share_tokens (
      agency_id uuid not null references foyer.accounts (id),
      hash bytea not null constraint share_tokens_hash unique constraint share_tokens_hash_length check (octet_length(hash) = 32),
      kind text not null constraint share_tokens_kind check (kind in ('report', 'portal')),
      project_id uuid not null,
      client_id uuid not null,
      expires_at timestamptz(3),
      retired_at timestamptz(3),
      created_at timestamptz(3) not null default now(),
      primary key (agency_id, hash),
      constraint share_tokens_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id),
      constraint share_tokens_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id)
    );
    create index share_tokens_living on foyer.share_tokens (agency_id, project_id) where retired_at is null;

    create table foyer.verified_reports (
      agency_id uuid not null,
      project_id uuid not null,
      title text not null,
      domain text not null,
      risk_score double precision not null,
      pages_scanned integer not null,
      findings jsonb not null,
      at timestamptz(3) not null,
      primary key (agency_id, project_id),
      constraint verified_reports_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id)
    );
    -- With the walls up the owner sees no tenant's rows.
    alter table foyer.reports no force row level security;
    insert into foyer.verified_reports
      select agency_id, project_id, title, domain, risk_score, pages_scanned, findings, at from foyer.reports
      where not jsonb_path_exists(gates, '$.*.state ? (@ != "passed")');
    alter table foyer.reports force row level security;

    create table foyer.share_views (
      agency_id uuid not null,
      project_id uuid not null,
      client_id uuid not null,
      views integer not null constraint share_views_views check (views > 0),
      last_viewed_at timestamptz(3) not null,
      primary key (agency_id, project_id, client_id),
      constraint share_views_project foreign key (agency_id, project_id) references foyer.projects (agency_id, id),
      constraint share_views_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id)
    );

    alter table foyer.sharings
      drop constraint sharings_state,
      drop constraint sharings_token_while_shared,
      add column portal_hash bytea constraint sharings_portal unique,
      add column sealed_token bytea,
      add column sealed_portal_token bytea,
      add column request_id text,
      add column workflow_id text,
      add column shared_at timestamptz(3),
      add column reminded_at timestamptz(3),
      add constraint sharings_state check (state in ('private', 'checking', 'shared', 'disabled', 'expired')),
      add constraint sharings_token_while_open check ((state in ('checking', 'shared')) = (token_hash is not null));

    create function foyer.presented_token() returns bytea language sql stable parallel safe
      return decode(nullif(current_setting('foyer.presented_token', true), ''), 'hex');

    grant select on foyer.share_tokens, foyer.share_views, foyer.verified_reports to foyer_api, foyer_worker;
    grant insert, update (expires_at, retired_at) on foyer.share_tokens to foyer_worker;
    grant insert, update on foyer.verified_reports to foyer_worker;
    grant insert, update (views, last_viewed_at) on foyer.share_views to foyer_api;
  `.execute(db);

  for (const table of ['share_tokens', 'share_views', 'verified_reports']) await tenantWall(table).execute(db);
  for (const table of ['share_tokens', 'share_views']) await sightWall(table, { client: 'client_id' }).execute(db);
  await sightWall('verified_reports', { through: 'projects', key: 'project_id' }).execute(db);

  await linkWall('share_tokens', 'hash = (select foyer.presented_token())').execute(db);

  await sql`
    -- The presented token while it opens anything.
    create function foyer.opened_link() returns table (agency_id uuid, client_id uuid, kind text, hash bytea) language sql stable parallel safe
    begin atomic
      select token.agency_id, token.client_id, token.kind, token.hash from foyer.share_tokens as token
      where token.hash = (select foyer.presented_token()) and token.retired_at is null and (token.expires_at is null or token.expires_at > now());
    end;
  `.execute(db);
  for (const [table, shown] of Object.entries(shownByLink)) await linkWall(table, shown).execute(db);

  await sql`
    -- Views are counted here and there and written together; a number lost with the server's last milliseconds is no harm.
    create function foyer.count_views(of_agency uuid, of_project uuid, of_client uuid, more integer, latest timestamptz) returns void
    language plpgsql as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true), set_config('synchronous_commit', 'off', true);
      insert into foyer.share_views as counted (agency_id, project_id, client_id, views, last_viewed_at)
      values (of_agency, of_project, of_client, more, latest)
      on conflict (agency_id, project_id, client_id) do update
        set views = counted.views + excluded.views, last_viewed_at = greatest(counted.last_viewed_at, excluded.last_viewed_at);
    end $$;

    revoke execute on function foyer.count_views from public;
    grant execute on function foyer.count_views to foyer_api;
  `.execute(db);
}
