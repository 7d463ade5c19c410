import { readdir } from 'node:fs/promises';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { expect, test } from 'vitest';
import { readAccount } from '../../db/read/account.ts';
import { readAgency } from '../../db/read/agency.ts';
import { readApiKey } from '../../db/read/api-key.ts';
import { readClient } from '../../db/read/client.ts';
import { readClientListStamp } from '../../db/read/client-list-stamp.ts';
import { clientLookalikes } from '../../db/read/client-lookalikes.ts';
import { readClientPortal } from '../../db/read/client-portal.ts';
import { readCrmConnection } from '../../db/read/crm-connection.ts';
import { readEffectiveBrand } from '../../db/read/effective-brand.ts';
import { readEvents } from '../../db/read/events.ts';
import { eventsOfClient } from '../../db/read/events-of-client.ts';
import { readExportPack } from '../../db/read/export-pack.ts';
import { readFeedEnd } from '../../db/read/feed-end.ts';
import { readHistoryAfter } from '../../db/read/history-after.ts';
import { readImport } from '../../db/read/import.ts';
import { importHolders } from '../../db/read/import-holders.ts';
import { importRows } from '../../db/read/import-rows.ts';
import { readInvitation } from '../../db/read/invitation.ts';
import { readLatestReport } from '../../db/read/latest-report.ts';
import { listApiKeys } from '../../db/read/list-api-keys.ts';
import { listClients } from '../../db/read/list-clients.ts';
import { listCrmConnections } from '../../db/read/list-crm-connections.ts';
import { listCrmDeliveries } from '../../db/read/list-crm-deliveries.ts';
import { listDocsFeedback } from '../../db/read/list-docs-feedback.ts';
import { listDuplicates } from '../../db/read/list-duplicates.ts';
import { listHistory } from '../../db/read/list-history.ts';
import { listImports } from '../../db/read/list-imports.ts';
import { listInvitations } from '../../db/read/list-invitations.ts';
import { listMembers } from '../../db/read/list-members.ts';
import { listOnboardings } from '../../db/read/list-onboardings.ts';
import { listProjects } from '../../db/read/list-projects.ts';
import { readLogo } from '../../db/read/logo.ts';
import { readMember } from '../../db/read/member.ts';
import { readMemberships } from '../../db/read/memberships.ts';
import { nameSketches } from '../../db/read/name-sketches.ts';
import { readNotifications } from '../../db/read/notifications.ts';
import { readOffboarding } from '../../db/read/offboarding.ts';
import { readOnboarding } from '../../db/read/onboarding.ts';
import { onboardingOfReference } from '../../db/read/onboarding-of-reference.ts';
import { onboardingWaitingForProject } from '../../db/read/onboarding-waiting-for-project.ts';
import { onboardingsOfClient } from '../../db/read/onboardings-of-client.ts';
import { readOwnershipOffer } from '../../db/read/ownership-offer.ts';
import { pendingMigrations } from '../../db/read/pending-migrations.ts';
import { readPresentedInvitation } from '../../db/read/presented-invitation.ts';
import { readProject } from '../../db/read/project.ts';
import { projectsOfClient } from '../../db/read/projects-of-client.ts';
import { readRecipients } from '../../db/read/recipients.ts';
import { reportsOfClient } from '../../db/read/reports-of-client.ts';
import { readSession } from '../../db/read/session.ts';
import { readSharedReport } from '../../db/read/shared-report.ts';
import { readSharing } from '../../db/read/sharing.ts';
import { readShownLogo } from '../../db/read/shown-logo.ts';
import { unfinishedOnboardings } from '../../db/read/unfinished-onboardings.ts';
import { unknownClients } from '../../db/read/unknown-clients.ts';
import { waitingOnboardings } from '../../db/read/waiting-onboardings.ts';
import { readWhiteLabel } from '../../db/read/white-label.ts';
import type { Database } from '../../db/schema.ts';
import { reading, type TenantReader } from '../../db/tenant.ts';
import { newAgencyId, newClientId, newCrmConnectionId, newImportId, newInvitationId, newOnboardingId, newPersonId, newProjectId } from '../harness/ids.ts';

type Query = (reader: TenantReader, db: Kysely<Database>) => Promise<unknown>;

const agencyId = newAgencyId();
const first = { limit: 20, after: null };
const next = { limit: 20, after: { at: new Date(), id: newClientId() } };

/** Each query of `db/read`, by its file, in every form it takes. */
const queries: Record<string, Record<string, Query>> = {
  agency: { all: (reader) => readAgency(reader, agencyId) },
  'api-key': { all: (_, db) => readApiKey(db, Buffer.alloc(32)) },
  'client-list-stamp': { all: (_, db) => readClientListStamp(db, agencyId) },
  client: { all: (reader) => readClient(reader, agencyId, newClientId()) },
  'crm-connection': { all: (reader) => readCrmConnection(reader, newCrmConnectionId()) },
  'effective-brand': {
    'of the agency': (reader) => readEffectiveBrand(reader, agencyId, null),
    'of a client': (reader) => readEffectiveBrand(reader, agencyId, newClientId()),
  },
  events: {
    'from the start': (reader) => readEvents(reader, agencyId, { after: null, limit: 20 }),
    'behind a position': (reader) => readEvents(reader, agencyId, { after: { txid: '7', id: newClientId() }, limit: 20 }),
  },
  'feed-end': { all: (reader) => readFeedEnd(reader, agencyId) },
  'history-after': {
    'from the start': (reader) => readHistoryAfter(reader, agencyId, {}, { position: 0, limit: 20 }),
    'behind a position, of one client': (reader) => readHistoryAfter(reader, agencyId, { clientId: newClientId() }, { position: 7, limit: 20 }),
  },
  import: { all: (reader) => readImport(reader, agencyId, newImportId()) },
  'import-holders': { all: (reader) => importHolders(reader, agencyId, [{ name: 'Acme', reference: 'deal-1' }]) },
  'import-rows': {
    'from the start': (reader) => importRows(reader, { agencyId, importId: newImportId() }, { afterLine: 0, limit: 20 }),
    'behind a line, of one outcome': (reader) => importRows(reader, { agencyId, importId: newImportId() }, { afterLine: 7, limit: 20, outcome: 'refused' }),
  },
  'list-imports': {
    'first page': (reader) => listImports(reader, agencyId, first),
    'next page': (reader) => listImports(reader, agencyId, next),
  },
  'name-sketches': { all: (reader) => nameSketches(reader, ['Acme']) },
  'latest-report': { all: (reader) => readLatestReport(reader, agencyId, newProjectId()) },
  'list-clients': {
    'first page': (_, db) => listClients(db, { agencyId }, {}, first),
    'next page of a search in one state': (_, db) => listClients(db, { agencyId, clientIds: [newClientId()] }, { query: 'acme', state: 'active' }, next),
  },
  'list-crm-connections': {
    'first page': (reader) => listCrmConnections(reader, agencyId, first),
    'next page': (reader) => listCrmConnections(reader, agencyId, next),
  },
  'list-crm-deliveries': {
    'first page': (reader) => listCrmDeliveries(reader, { agencyId, connectionId: newCrmConnectionId() }, first),
    'next page': (reader) => listCrmDeliveries(reader, { agencyId, connectionId: newCrmConnectionId() }, next),
  },
  'list-docs-feedback': {
    'first page': (_, db) => listDocsFeedback(db, {}, first),
    'next page of what is open about one page': (_, db) => listDocsFeedback(db, { state: 'open', page: '/docs' }, next),
  },
  'list-api-keys': {
    'first page': (reader) => listApiKeys(reader, agencyId, first),
    'next page': (reader) => listApiKeys(reader, agencyId, next),
  },
  'list-history': {
    'first page': (reader) => listHistory(reader, agencyId, {}, first),
    'next page with every filter': (reader) =>
      listHistory(
        reader,
        agencyId,
        { kind: 'client.updated', actorId: newClientId(), clientId: newClientId(), projectId: newProjectId(), from: new Date(), to: new Date() },
        next,
      ),
  },
  'list-onboardings': {
    'first page': (reader) => listOnboardings(reader, agencyId, {}, first),
    'next page in one state': (reader) => listOnboardings(reader, agencyId, { state: 'stalled' }, next),
    'open ones with a blocker': (reader) => listOnboardings(reader, agencyId, { open: true, blocker: 'NO_PROJECT_YET' }, first),
    'next page of open ones': (reader) => listOnboardings(reader, agencyId, { open: true }, next),
  },
  'list-projects': {
    'first page': (reader) => listProjects(reader, agencyId, {}, first),
    'next page of one client': (reader) => listProjects(reader, agencyId, { clientId: newClientId() }, next),
    'unassigned ones': (reader) => listProjects(reader, agencyId, { assigned: false }, first),
    'assigned ones': (reader) => listProjects(reader, agencyId, { assigned: true }, first),
    'of a search': (reader) => listProjects(reader, agencyId, { query: 'acme' }, first),
    'blocked ones': (reader) => listProjects(reader, agencyId, { blocked: true }, first),
  },
  account: { all: (reader) => readAccount(reader, agencyId) },
  invitation: { all: (reader) => readInvitation(reader, agencyId, newInvitationId()) },
  'list-invitations': {
    'first page': (reader) => listInvitations(reader, agencyId, first),
    'next page': (reader) => listInvitations(reader, agencyId, next),
  },
  'list-members': {
    'first page': (reader) => listMembers(reader, agencyId, first),
    'next page': (reader) => listMembers(reader, agencyId, next),
  },
  member: { all: (reader) => readMember(reader, agencyId, newPersonId()) },
  'ownership-offer': { all: (reader) => readOwnershipOffer(reader, agencyId) },
  'presented-invitation': { all: (reader) => readPresentedInvitation(reader, Buffer.alloc(32)) },
  'unknown-clients': { all: (reader) => unknownClients(reader, agencyId, [newClientId()]) },
  memberships: { all: (_, db) => readMemberships(db, newPersonId()) },
  logo: { all: (reader) => readLogo(reader, agencyId, 'aa'.repeat(32)) },
  onboarding: { all: (reader) => readOnboarding(reader, agencyId, newOnboardingId()) },
  'onboarding-of-reference': { all: (reader) => onboardingOfReference(reader, agencyId, 'deal-1') },
  'onboarding-waiting-for-project': { all: (reader) => onboardingWaitingForProject(reader, agencyId, newClientId()) },
  'pending-migrations': { all: (_, db) => pendingMigrations(db) },
  'client-portal': { all: (reader) => readClientPortal(reader, Buffer.alloc(32)) },
  'shared-report': { all: (reader) => readSharedReport(reader, Buffer.alloc(32)) },
  sharing: { all: (reader) => readSharing(reader, agencyId, newProjectId()) },
  'shown-logo': { all: (reader) => readShownLogo(reader, Buffer.alloc(32)) },
  project: { all: (reader) => readProject(reader, agencyId, newProjectId()) },
  session: { all: (_, db) => readSession(db, 'token') },
  offboarding: { all: (reader) => readOffboarding(reader, agencyId, newClientId()) },
  'export-pack': { all: (reader) => readExportPack(reader, agencyId, newClientId()) },
  notifications: { all: (reader) => readNotifications(reader, agencyId, newPersonId()) },
  recipients: {
    all: (reader) => readRecipients(reader, agencyId, { kind: 'offboarding', clientId: newClientId() }),
    one: (reader) => readRecipients(reader, agencyId, { kind: 'import.ended', clientId: null, personId: newPersonId() }),
  },
  'events-of-client': { all: (reader) => eventsOfClient(reader, agencyId, newClientId()) },
  'onboardings-of-client': { all: (reader) => onboardingsOfClient(reader, agencyId, newClientId()) },
  'reports-of-client': { all: (reader) => reportsOfClient(reader, agencyId, newClientId()) },
  'client-lookalikes': { all: (reader) => clientLookalikes(reader, agencyId, { name: 'Acme', domain: 'acme.example', reference: 'deal-1' }) },
  'list-duplicates': {
    'first page': (reader) => listDuplicates(reader, agencyId, first),
    'next page': (reader) => listDuplicates(reader, agencyId, next),
  },
  'projects-of-client': { all: (reader) => projectsOfClient(reader, agencyId, newClientId()) },
  'unfinished-onboardings': { all: (reader) => unfinishedOnboardings(reader, agencyId, [newClientId(), newClientId()]) },
  'waiting-onboardings': {
    'of the agency': (reader) => waitingOnboardings(reader, agencyId, {}),
    'of two clients': (reader) => waitingOnboardings(reader, agencyId, { clientIds: [newClientId(), newClientId()] }),
    'in some states': (reader) => waitingOnboardings(reader, agencyId, { states: ['waiting_for_project', 'stalled'] }),
  },
  'white-label': { all: (reader) => readWhiteLabel(reader, agencyId) },
};

/** What several queries share; it is part of theirs. */
const shared = ['clients', 'event-records', 'history', 'imports', 'invitations', 'members', 'onboardings', 'page', 'projects'];

test('every query of db/read is here', async () => {
  const files = await readdir(new URL('../../db/read/', import.meta.url));
  expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual([...Object.keys(queries), ...shared].sort());
});

test.each(Object.keys(queries))('%s asks what its snapshot says', async (name) => {
  const forms = await Promise.all(Object.entries(queries[name] ?? {}).map(async ([form, query]) => `-- ${form}\n${await statementOf(query)};\n`));
  await expect(forms.join('\n')).toMatchFileSnapshot(`sql/${name}.sql`);
});

/** The one statement of a query, sent to nobody. */
async function statementOf(query: Query): Promise<string> {
  const statements: string[] = [];
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (each) => new PostgresIntrospector(each),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query: { sql } }) => {
      statements.push(sql);
    },
  });
  await query(reading(db), db);
  expect(statements).toHaveLength(1);
  return statements.map(inLines).join();
}

/** One clause a line, so that a review shows the clause that changed. */
function inLines(statement: string): string {
  return statement
    .replace(/\s+/g, ' ')
    .replace(/ (?=(?:from|where|(?:inner|left) join|order by|limit|group by|and) )/g, '\n  ')
    .trim();
}
