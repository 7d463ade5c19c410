import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { WallSession } from './wall-session.ts';

/** An agency with a row in every table. */
export interface FurnishedAgency {
  id: string;
  /** Hex of the hash of its API key. */
  keyHash: string;
  crmConnectionId: string;
  /** Hex of the hash of the token that opens its shared report. */
  linkHash: string;
  personId: string;
  /** Hex of the hash of an invitation's token. */
  invitationHash: string;
  clientId: string;
}

/** Fills every table with rows of one agency, as superuser. */
async function furnish(session: WallSession): Promise<FurnishedAgency> {
  const agency: FurnishedAgency = {
    id: randomUUID(),
    keyHash: randomBytes(32).toString('hex'),
    crmConnectionId: randomUUID(),
    linkHash: randomBytes(32).toString('hex'),
    personId: randomUUID(),
    invitationHash: randomBytes(32).toString('hex'),
    clientId: randomUUID(),
  };
  const [client, project, onboarding, event] = [agency.clientId, randomUUID(), randomUUID(), randomUUID()];
  const [invitation, owner] = [randomUUID(), randomUUID()];
  const hash = () => randomBytes(32);
  const insert = (statement: string, ...values: unknown[]) => session.query(`insert into foyer.${statement}`, [agency.id, ...values]);

  await insert(`accounts (id, kind, name, billing_email) values ($1, 'agency', 'Agency', 'a@b.example')`);
  await insert(`plans (agency_id, state, client_limit, overage_clients, scans_per_period, monitored_projects, white_label, period_start, period_end)
    values ($1, 'active', 10, 0, 50, 10, false, now(), now() + interval '30 days')`);
  await insert(
    `invitations (agency_id, id, email, role, state, expires_at, token_hash, restricted)
    values ($1, $2, 'x@y.example', 'admin', 'pending', now(), decode($3, 'hex'), true)`,
    invitation,
    agency.invitationHash,
  );
  await insert(`api_keys (agency_id, name, prefix, key_hash, scopes) values ($1, 'key', 'fk', decode($2, 'hex'), '{admin}')`, agency.keyHash);
  await insert(`clients (agency_id, id, name, state) values ($1, $2, 'Client', 'active')`, client);
  await session.query(`insert into auth.people (id, name, email) select id, 'Person', id || '@people.example' from unnest($1::uuid[]) as person (id)`, [
    [agency.personId, owner],
  ]);
  await insert(`memberships (agency_id, person_id, role, restricted) values ($1, $2, 'viewer', true)`, agency.personId);
  await insert(`membership_clients (agency_id, person_id, client_id) values ($1, $2, $3)`, agency.personId, client);
  await insert(`notification_choices (agency_id, person_id, kind, wanted) values ($1, $2, 'offboarding', true)`, agency.personId);
  await insert(`memberships (agency_id, person_id, role) values ($1, $2, 'owner')`, owner);
  await insert(
    `ownership_offers (agency_id, from_person_id, to_person_id, former_role, expires_at) values ($1, $2, $3, 'admin', now())`,
    owner,
    agency.personId,
  );
  await insert(`invitation_clients (agency_id, invitation_id, client_id) values ($1, $2, $3)`, invitation, client);
  await insert(`projects (agency_id, id, name, domain, client_id) values ($1, $2, 'Project', 'site.example', $3)`, project, client);
  await insert(`badges (agency_id, project_id, family, value, source, at) values ($1, $2, 'scan', 'ready', '{}', now())`, project);
  await insert(
    `reports (agency_id, project_id, title, domain, risk_score, pages_scanned, findings, gates, at)
    values ($1, $2, 'Report', 'site.example', 1, 1, '[]', '{}', now())`,
    project,
  );
  await insert(
    `verified_reports (agency_id, project_id, title, domain, risk_score, pages_scanned, findings, at)
    values ($1, $2, 'Report', 'site.example', 1, 1, '[]', now())`,
    project,
  );
  const link = Buffer.from(agency.linkHash, 'hex');
  await insert(`sharings (agency_id, project_id, client_id, state, token_hash) values ($1, $2, $3, 'shared', $4)`, project, client, link);
  await insert(`share_tokens (agency_id, hash, kind, project_id, client_id) values ($1, $2, 'report', $3, $4)`, link, project, client);
  await insert(`share_views (agency_id, project_id, client_id, views, last_viewed_at) values ($1, $2, $3, 1, now())`, project, client);
  await insert(
    `onboardings (agency_id, id, workflow_id, source, actor, client_id, project_id, on_limit) values ($1, $2, $3, 'api', '{}', $4, $5, 'wait')`,
    onboarding,
    `onboard-client/${onboarding}`,
    client,
    project,
  );
  await insert(`onboarding_steps (agency_id, onboarding_id, name, position) values ($1, $2, 'create_account', 1)`, onboarding);
  const offboarding = randomUUID();
  await insert(
    `offboardings (agency_id, id, client_id, workflow_id, ends_at, actor) values ($1, $2, $3, $4, now(), '{}')`,
    offboarding,
    client,
    `offboard-client/${offboarding}`,
  );
  await insert(`export_packs (agency_id, offboarding_id, client_id, content, expires_at) values ($1, $2, $3, 'zip', now())`, offboarding, client);
  const bulk = randomUUID();
  await insert(
    `imports (agency_id, id, workflow_id, on_limit, on_duplicate, actor, total) values ($1, $2, $3, 'wait', 'skip', '{}', 1)`,
    bulk,
    `import-clients/${bulk}`,
  );
  await insert(`import_rows (agency_id, import_id, line, name, outcome, client_id) values ($1, $2, 1, 'Client', 'created', $3)`, bulk, client);
  await insert(`events (agency_id, id, kind, actor, client_id) values ($1, $2, 'client.created', '{}', $3)`, event, client);
  await insert(`event_details (agency_id, event_id, client_id, salt, content) values ($1, $2, $3, $4, '{}')`, event, client, hash());
  await insert(`idempotency_keys (agency_id, key_hash, fingerprint, status, answer) values ($1, $2, $3, 201, $4)`, hash(), hash(), hash());
  // What is done at the commit, which never comes here: events are sealed, lists of clients are stamped, and the key's account is looked for.
  await session.query(`select set_config('foyer.agency_id', $1, true)`, [agency.id]);
  await session.query('set constraints all immediate; set constraints all deferred');
  await insert(`crm_connections (agency_id, id, provider, secret) values ($1, $2, 'standard', $3)`, agency.crmConnectionId, hash());
  await insert(
    `crm_deliveries (agency_id, connection_id, message_id, outcome, onboarding_id, replayed) values ($1, $2, 'msg', 'onboarding', $3, false)`,
    agency.crmConnectionId,
    onboarding,
  );
  const png = randomBytes(32);
  const logo = createHash('sha256').update(png).digest();
  await insert(`logos (agency_id, hash, width, height, png) values ($1, $2, 1, 1, $3)`, logo, png);
  await insert(`brands (agency_id, report_brand, logo_hash) values ($1, 'Brand', $2)`, logo);
  await insert(`client_brands (agency_id, client_id, report_brand, logo_hash) values ($1, $2, 'Client brand', $3)`, client, logo);
  return agency;
}

/** Two agencies with rows in every table: who looks, and whose rows must not be seen. */
export interface TwoAgencies {
  own: FurnishedAgency;
  other: FurnishedAgency;
}

export async function twoAgencies(session: WallSession): Promise<TwoAgencies> {
  return { own: await furnish(session), other: await furnish(session) };
}
