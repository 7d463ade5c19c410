import { roles, type WallSession } from './wall-session.ts';

/** What each process may do to which table: everything (`*`) or some columns. Whatever is not here is not granted. */
const granted: Record<string, Record<string, Record<string, string>>> = {
  foyer_api: {
    accounts: { select: '*', insert: '*', update: 'billing_email, name' },
    plans: {
      select: '*',
      insert: 'agency_id, client_limit, monitored_projects, overage_clients, period_end, period_start, scans_per_period, state, white_label',
      update: 'client_limit, monitored_projects, overage_clients, period_end, period_start, scans_per_period, state, updated_at, white_label',
    },
    invitations: {
      select: '*',
      insert: 'agency_id, email, expires_at, id, invited_by, restricted, role, sent_at, state, token_hash',
      update: 'accepted_by, email, ended_at, expires_at, invited_by, sent_at, state, token_hash',
    },
    invitation_clients: { select: '*', insert: '*' },
    ownership_offers: { select: '*', insert: 'agency_id, expires_at, former_role, from_person_id, to_person_id', delete: '*' },
    api_keys: { select: '*', insert: '*', update: 'expires_at, last_used_at, replaced_by, revoked_at' },
    memberships: { select: '*', insert: 'agency_id, person_id, restricted, role', update: 'restricted, role, updated_at', delete: '*' },
    membership_clients: { select: '*', insert: 'agency_id, client_id, person_id', delete: '*' },
    notification_choices: { select: '*', insert: '*', update: 'wanted' },
    clients: { select: '*' },
    client_list_stamps: { select: '*' },
    projects: { select: '*' },
    badges: { select: '*', insert: '*', update: 'at, reason, source, value' },
    reports: { select: '*' },
    sharings: { select: '*' },
    share_tokens: { select: '*' },
    verified_reports: { select: '*' },
    share_views: { select: '*', insert: '*', update: 'last_viewed_at, views' },
    onboardings: { select: '*' },
    onboarding_steps: { select: '*' },
    events: { select: '*', insert: '*' },
    event_details: { select: '*', insert: '*', delete: '*' },
    event_seals: { select: '*' },
    crm_connections: { select: '*', insert: '*', update: 'deleted_at, last_unverified_at, previous_secret, previous_valid_until, secret' },
    crm_deliveries: {
      select: '*',
      insert: 'agency_id, connection_id, message_id, onboarding_id, outcome, reason, replayed, type',
      delete: '*',
    },
    idempotency_keys: { select: '*', insert: '*', update: 'about_client, answer, status' },
    logos: { select: '*', insert: '*', delete: '*' },
    brands: { select: '*', insert: '*', update: 'accent_color, footer, logo_hash, report_brand, updated_at, version' },
    offboardings: { select: '*' },
    export_packs: { select: '*' },
    client_brands: { select: '*', insert: '*', update: 'accent_color, footer, logo_hash, report_brand, updated_at, version', delete: '*' },
    imports: { select: '*', insert: 'actor, agency_id, file_name, id, on_duplicate, on_limit, total, workflow_id', update: 'actor' },
    import_rows: {
      select: '*',
      insert: 'agency_id, code, contact_email, detail, domain, external_reference, import_id, line, name, notes, outcome, twin_line',
    },
    mails: { insert: 'id, kind, sealed' },
    docs_feedback: { select: '*', insert: 'comment, helpful, page, page_version, visitor_hash', update: 'note, reviewed_at, state' },
    kysely_migration: { select: '*' },
  },
  foyer_worker: {
    mails: { select: '*', insert: 'id, kind, sealed', update: 'attempts, due_at, given_up_at, sealed, sent_at' },
    accounts: { select: 'id, name' },
    plans: { select: '*', update: 'client_slots_used, updated_at' },
    memberships: { select: '*' },
    membership_clients: { select: '*' },
    notification_choices: { select: '*' },
    clients: { select: '*', insert: '*', update: '*', delete: '*' },
    projects: { select: '*', insert: '*', update: '*' },
    badges: { select: '*' },
    reports: { select: '*', insert: '*', update: '*' },
    sharings: { select: '*', insert: '*', update: '*' },
    verified_reports: { select: '*', insert: '*', update: '*' },
    share_tokens: { select: '*', insert: '*', update: 'expires_at, retired_at' },
    share_views: { select: '*' },
    onboardings: { select: '*', insert: '*', update: '*' },
    onboarding_steps: { select: '*', insert: '*', update: '*' },
    events: { select: '*', insert: '*' },
    event_details: { select: '*', insert: '*', delete: '*' },
    event_seals: { select: '*' },
    logos: { select: '*', delete: '*' },
    brands: { select: '*' },
    offboardings: { select: '*', insert: '*', update: '*', delete: '*' },
    export_packs: { select: '*', insert: '*', update: '*', delete: '*' },
    client_brands: { select: '*', delete: '*' },
    imports: { select: '*', update: 'file_name, finished_at, state' },
    import_rows: { select: '*', update: 'client_id, code, contact_email, detail, domain, external_reference, name, notes, outcome' },
    idempotency_keys: { select: 'about_client, agency_id', update: 'answer, fingerprint' },
    kysely_migration: { select: '*' },
  },
};

/** Where the grants in the catalog are not exactly those that are meant, more or fewer. */
export async function strayGrants(session: WallSession): Promise<string[]> {
  const meant = Object.entries(granted).flatMap(([role, tables]) =>
    Object.entries(tables).flatMap(([table, privileges]) =>
      Object.entries(privileges).map(([privilege, columns]) => `${role} ${privilege} ${table} (${columns})`),
    ),
  );
  const found = await tableGrants(session);
  return [
    ...found.filter((grant) => !meant.includes(grant)).map((grant) => `too much: ${grant}`),
    ...meant.filter((grant) => !found.includes(grant)).map((grant) => `missing: ${grant}`),
    ...(await historyIsOpen(session)),
    ...(await schemaGrants(session)),
  ];
}

async function tableGrants(session: WallSession): Promise<string[]> {
  const rows = await session.query(`
    select role, privilege, relname, coalesce(string_agg(attname, ', ' order by attname), '*') as columns from (
      select c.relname, null::name as attname, grantee::regrole::text as role, lower(privilege_type) as privilege, c.relowner, grantee
        from pg_class c, aclexplode(c.relacl) where c.relnamespace = 'foyer'::regnamespace
      union all
      select c.relname, a.attname, grantee::regrole::text, lower(privilege_type), c.relowner, grantee
        from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) where c.relnamespace = 'foyer'::regnamespace
    ) granted where grantee <> relowner
    group by role, privilege, relname order by 1, 3, 2`);
  return rows.map(({ role, privilege, relname, columns }) => `${role} ${privilege} ${relname} (${columns})`);
}

/** The history and its chain are only ever appended to, by their owner as well. */
async function historyIsOpen(session: WallSession): Promise<string[]> {
  const rows = await session.query(
    `select role, name, privilege from unnest($1::text[]) role, unnest(array['events', 'event_seals', 'history_anchors']) name, unnest(array['update', 'delete', 'truncate']) privilege
      where has_table_privilege(role, 'foyer.' || name, privilege)`,
    [roles],
  );
  return rows.map(({ role, name, privilege }) => `too much: ${role} ${privilege} ${name}`);
}

async function schemaGrants(session: WallSession): Promise<string[]> {
  const rows = await session.query(
    `select role, nspname from unnest($1::text[]) role, pg_namespace where nspname in ('foyer', 'public') and role <> 'foyer_owner' and has_schema_privilege(role, nspname, 'create')`,
    [roles],
  );
  const defaults = await session.query(`select defaclrole::regrole::text as role from pg_default_acl`);
  return [
    ...rows.map(({ role, nspname }) => `too much: ${role} creates in ${nspname}`),
    ...defaults.map(({ role }) => `too much: what ${role} makes is granted to others from the start`),
  ];
}
