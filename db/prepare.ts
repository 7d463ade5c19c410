import pg from 'pg';
import { connectTimeoutMs } from './connect.ts';
import { migrate } from './migrate.ts';

export interface RolePasswords {
  owner: string;
  worker: string;
  api: string;
}

export interface PreparedDatabase {
  ownerUrl: string;
  workerUrl: string;
  apiUrl: string;
}

/**
 * Makes the roles `foyer_owner`, `foyer_worker` and `foyer_api` and the database on the server at `adminUrl` (a role that may make
 * both), then migrates as owner. Run again it sets the passwords and runs what is new. Two at once wait for each other.
 */
export async function prepareDatabase({
  adminUrl,
  database,
  passwords,
}: {
  adminUrl: string;
  database: string;
  passwords: RolePasswords;
}): Promise<PreparedDatabase> {
  await asAdmin(adminUrl, async (admin) => {
    await ensureRole(admin, 'foyer_owner', passwords.owner);
    await ensureRole(admin, 'foyer_worker', passwords.worker);
    await ensureRole(admin, 'foyer_api', passwords.api);
    await ensureDatabase(admin, database);
  });
  await asAdmin(withDatabase(adminUrl, database), async (admin) => {
    await admin.query('revoke all on schema public from public');
    await admin.query('create schema if not exists foyer authorization foyer_owner');
  });
  const urlOf = (role: keyof RolePasswords) => withRole(withDatabase(adminUrl, database), `foyer_${role}`, passwords[role]);
  const prepared = { ownerUrl: urlOf('owner'), workerUrl: urlOf('worker'), apiUrl: urlOf('api') };
  await migrate(prepared.ownerUrl);
  return prepared;
}

/** Any number will do, as long as every Foyer that prepares a server takes the same one. */
const prepareLock = 4_096_001;

async function asAdmin(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  // A lost connection fails the statement on it; without a listener it would end the process as well.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [prepareLock]);
    await work(admin);
  } finally {
    await admin.end();
  }
}

async function ensureRole(admin: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await admin.query(`${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`);
}

async function ensureDatabase(admin: pg.Client, database: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
  if (rowCount !== 0) return;
  // Managed servers let an administrator give a database only to a role it is a member of.
  await admin.query('grant foyer_owner to current_user');
  const locale = `template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8'`;
  await admin.query(`create database ${pg.escapeIdentifier(database)} owner foyer_owner ${locale}`);
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

function withRole(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
}
