import type { InsertType, SelectType } from 'kysely';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { pendingMigrations } from '../../db/read/pending-migrations.ts';
import type { Database } from '../../db/schema.ts';
import { testDatabase } from '../harness/database.ts';

const database = await testDatabase();

/** How the types say a column is written and read: what may be null, what Postgres fills in, what only Postgres writes. */
type Shape<Column> = [InsertType<Column>] extends [never]
  ? 'generated'
  : null extends SelectType<Column>
    ? 'nullable'
    : undefined extends InsertType<Column>
      ? 'defaulted'
      : 'required';

/** Checked against `Database` by the compiler and against the catalog by the test, so that the two hold together. */
const shapes = {
  accounts: { id: 'defaulted', kind: 'required', name: 'required', billing_email: 'required', created_at: 'defaulted' },
  plans: {
    agency_id: 'required',
    state: 'required',
    client_limit: 'required',
    overage_clients: 'required',
    scans_per_period: 'required',
    scans_used: 'defaulted',
    monitored_projects: 'required',
    white_label: 'required',
    period_start: 'required',
    period_end: 'required',
    client_slots_used: 'defaulted',
    updated_at: 'defaulted',
  },
  invitations: {
    agency_id: 'required',
    id: 'defaulted',
    email: 'required',
    role: 'required',
    state: 'required',
    created_at: 'defaulted',
    expires_at: 'required',
    token_hash: 'nullable',
    restricted: 'defaulted',
    invited_by: 'nullable',
    sent_at: 'nullable',
    ended_at: 'nullable',
    accepted_by: 'nullable',
  },
  invitation_clients: { agency_id: 'required', invitation_id: 'required', client_id: 'required' },
  ownership_offers: {
    agency_id: 'required',
    from_person_id: 'required',
    to_person_id: 'required',
    former_role: 'required',
    created_at: 'defaulted',
    expires_at: 'required',
  },
  memberships: {
    agency_id: 'required',
    person_id: 'required',
    role: 'required',
    restricted: 'defaulted',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  membership_clients: { agency_id: 'required', person_id: 'required', client_id: 'required' },
  api_keys: {
    agency_id: 'required',
    id: 'defaulted',
    name: 'required',
    prefix: 'required',
    key_hash: 'required',
    scopes: 'required',
    created_at: 'defaulted',
    expires_at: 'nullable',
    revoked_at: 'nullable',
  },
  clients: {
    agency_id: 'required',
    id: 'required',
    name: 'required',
    name_key: 'generated',
    contact_email: 'nullable',
    external_reference: 'nullable',
    notes: 'nullable',
    state: 'required',
    version: 'defaulted',
    crm_event_at: 'nullable',
    archived_at: 'nullable',
    former_projects: 'defaulted',
    merged_into: 'nullable',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  projects: {
    agency_id: 'required',
    id: 'required',
    name: 'required',
    domain: 'required',
    client_id: 'nullable',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  badges: { agency_id: 'required', project_id: 'required', family: 'required', value: 'required', reason: 'nullable', source: 'required', at: 'required' },
  reports: {
    agency_id: 'required',
    project_id: 'required',
    title: 'required',
    domain: 'required',
    risk_score: 'required',
    pages_scanned: 'required',
    findings: 'required',
    gates: 'required',
    at: 'required',
    received_at: 'defaulted',
  },
  sharings: {
    agency_id: 'required',
    project_id: 'required',
    client_id: 'required',
    state: 'required',
    token_hash: 'nullable',
    expires_at: 'nullable',
    views: 'defaulted',
    last_viewed_at: 'nullable',
  },
  onboardings: {
    agency_id: 'required',
    id: 'required',
    workflow_id: 'required',
    source: 'required',
    actor: 'required',
    client_id: 'nullable',
    client_created: 'defaulted',
    project_assigned: 'defaulted',
    project_moved_away: 'defaulted',
    project_id: 'nullable',
    state: 'defaulted',
    state_since: 'defaulted',
    on_limit: 'required',
    blockers: 'defaulted',
    reminders_sent: 'defaulted',
    created_at: 'defaulted',
    finished_at: 'nullable',
  },
  onboarding_steps: {
    agency_id: 'required',
    onboarding_id: 'required',
    name: 'required',
    position: 'required',
    state: 'defaulted',
    attempts: 'defaulted',
    started_at: 'nullable',
    finished_at: 'nullable',
    detail: 'nullable',
  },
  events: {
    agency_id: 'required',
    id: 'defaulted',
    txid: 'defaulted',
    kind: 'required',
    actor: 'required',
    client_id: 'nullable',
    project_id: 'nullable',
    onboarding_id: 'nullable',
    before: 'nullable',
    after: 'nullable',
    at: 'defaulted',
    origin: 'nullable',
    details_hash: 'nullable',
  },
  event_details: { agency_id: 'required', event_id: 'required', client_id: 'required', salt: 'required', content: 'required' },
  event_seals: { agency_id: 'required', position: 'required', event_id: 'required', previous_hash: 'required', hash: 'required' },
  idempotency_keys: { agency_id: 'required', key_hash: 'required', fingerprint: 'required', status: 'required', answer: 'required', created_at: 'defaulted' },
  crm_connections: {
    agency_id: 'required',
    id: 'defaulted',
    provider: 'required',
    secret: 'required',
    previous_secret: 'nullable',
    previous_valid_until: 'nullable',
    created_at: 'defaulted',
    deleted_at: 'nullable',
    last_unverified_at: 'nullable',
  },
  crm_deliveries: {
    agency_id: 'required',
    id: 'defaulted',
    connection_id: 'required',
    message_id: 'required',
    type: 'nullable',
    outcome: 'required',
    onboarding_id: 'nullable',
    reason: 'nullable',
    replayed: 'required',
    created_at: 'defaulted',
  },
  logos: { agency_id: 'required', hash: 'required', width: 'required', height: 'required', png: 'required', created_at: 'defaulted' },
  brands: {
    agency_id: 'required',
    report_brand: 'nullable',
    logo_hash: 'nullable',
    accent_color: 'nullable',
    footer: 'nullable',
    version: 'defaulted',
    updated_at: 'defaulted',
  },
  mails: {
    id: 'defaulted',
    kind: 'required',
    sealed: 'nullable',
    attempts: 'defaulted',
    due_at: 'defaulted',
    created_at: 'defaulted',
    sent_at: 'nullable',
    given_up_at: 'nullable',
  },
  'auth.people': {
    id: 'defaulted',
    name: 'required',
    email: 'required',
    email_verified: 'defaulted',
    image: 'nullable',
    current_account_id: 'nullable',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  'auth.credentials': {
    id: 'defaulted',
    person_id: 'required',
    provider_id: 'required',
    account_id: 'required',
    password: 'nullable',
    access_token: 'nullable',
    refresh_token: 'nullable',
    id_token: 'nullable',
    access_token_expires_at: 'nullable',
    refresh_token_expires_at: 'nullable',
    scope: 'nullable',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  'auth.sessions': {
    id: 'defaulted',
    person_id: 'required',
    token: 'required',
    expires_at: 'required',
    ip_address: 'nullable',
    user_agent: 'nullable',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  'auth.verifications': {
    id: 'defaulted',
    identifier: 'required',
    value: 'required',
    expires_at: 'required',
    created_at: 'defaulted',
    updated_at: 'defaulted',
  },
  'auth.attempts': { key_hash: 'required', count: 'required', window_ends_at: 'required' },
  client_brands: {
    agency_id: 'required',
    client_id: 'required',
    report_brand: 'nullable',
    logo_hash: 'nullable',
    accent_color: 'nullable',
    footer: 'nullable',
    version: 'defaulted',
    updated_at: 'defaulted',
  },
} as const satisfies { [T in keyof Database]: { [C in keyof Database[T]]: Shape<Database[T][C]> } };

test('db/schema.ts says of every column what the migrated database says', async () => {
  const { rows } = await sql<{ table: string; column: string; shape: string }>`
    select case when table_schema = 'foyer' then table_name else table_schema || '.' || table_name end as table, column_name as column,
           case when is_generated = 'ALWAYS' then 'generated' when is_nullable = 'YES' then 'nullable' when column_default is not null then 'defaulted' else 'required' end as shape
      from information_schema.columns where table_schema in ('foyer', 'auth') and table_name not like 'kysely_%'`.execute(database.admin);

  const inTypes: Map<string, string> = new Map(
    Object.entries(shapes).flatMap(([table, columns]) => Object.entries(columns).map(([column, shape]): [string, string] => [`${table}.${column}`, shape])),
  );
  // The types may ask for what Postgres would fill in.
  const agrees = (typed: string | undefined, stored: string) => typed === stored || (typed === 'required' && stored === 'defaulted');
  const wrong = rows.filter(({ table, column, shape }) => !agrees(inTypes.get(`${table}.${column}`), shape));
  expect(wrong).toEqual([]);
  expect(rows.map(({ table, column }) => `${table}.${column}`).sort()).toEqual([...inTypes.keys()].sort());
});

test('the template has every migration', async () => {
  expect(await pendingMigrations(database.api)).toEqual([]);
});
