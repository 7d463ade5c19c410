import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { connectTimeoutMs } from './connect.ts';
import * as accounts from './migrations/0001-accounts.ts';
import * as clients from './migrations/0002-clients.ts';
import * as onboardings from './migrations/0003-onboardings.ts';
import * as callers from './migrations/0004-callers.ts';
import * as singleStatements from './migrations/0005-single-statements.ts';
import * as memberships from './migrations/0006-memberships.ts';
import * as peopleOfAnAccount from './migrations/0006b-people-of-an-account.ts';
import * as people from './migrations/0007-people.ts';
import * as history from './migrations/0008-history.ts';
import * as keys from './migrations/0009-keys.ts';
import * as sharing from './migrations/0010-sharing.ts';
import * as brands from './migrations/0011-brands.ts';
import * as docsFeedback from './migrations/0011b-docs-feedback.ts';
import * as keepingClients from './migrations/0012-keeping-clients.ts';
import * as rememberedKeys from './migrations/0013-remembered-keys.ts';
import * as crmDeliveries from './migrations/0014-crm-deliveries.ts';
import * as eventNotifications from './migrations/0015-event-notifications.ts';
import * as notifications from './migrations/0016-notifications.ts';
import * as imports from './migrations/0017-imports.ts';
import * as waitingSince from './migrations/0018-waiting-since.ts';
import * as viewsInOnePlace from './migrations/0020-views-in-one-place.ts';
import * as claimedKeys from './migrations/0021-claimed-keys.ts';
import * as crmReading from './migrations/0021b-crm-reading.ts';
import * as detailsOfAccounts from './migrations/0021c-details-of-accounts.ts';
import * as historyAnchors from './migrations/0021d-history-anchors.ts';
import * as membersArePeople from './migrations/0021e-members-are-people.ts';
import * as clientListStamps from './migrations/0022-client-list-stamps.ts';
import * as peopleWhoGo from './migrations/0024-people-who-go.ts';

/** In the order of their names; a migration that has landed is never edited, a new one is added. */
export const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-clients': clients,
  '0003-onboardings': onboardings,
  '0004-callers': callers,
  '0005-single-statements': singleStatements,
  '0006-memberships': memberships,
  '0006b-people-of-an-account': peopleOfAnAccount,
  '0007-people': people,
  '0008-history': history,
  '0009-keys': keys,
  '0010-sharing': sharing,
  '0011-brands': brands,
  '0011b-docs-feedback': docsFeedback,
  '0012-keeping-clients': keepingClients,
  '0013-remembered-keys': rememberedKeys,
  '0014-crm-deliveries': crmDeliveries,
  '0015-event-notifications': eventNotifications,
  '0016-notifications': notifications,
  '0017-imports': imports,
  '0018-waiting-since': waitingSince,
  '0020-views-in-one-place': viewsInOnePlace,
  '0021-claimed-keys': claimedKeys,
  '0021b-crm-reading': crmReading,
  '0021c-details-of-accounts': detailsOfAccounts,
  '0021d-history-anchors': historyAnchors,
  '0021e-members-are-people': membersArePeople,
  '0022-client-list-stamps': clientListStamps,
  '0024-people-who-go': peopleWhoGo,
};

/**
 * Brings the database at `ownerUrl` (role `foyer_owner`) to the newest migration and returns the names of those that ran.
 * Two at once wait for each other under the migrator's lock.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2, connectionTimeoutMillis: connectTimeoutMs });
  // A lost connection fails the statement on it; an idle one needs no word.
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema: 'foyer' });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return (results ?? []).map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}
