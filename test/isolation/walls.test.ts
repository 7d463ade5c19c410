import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../harness/database.ts';
import { crossings } from './walls/crossings.ts';
import { strayGrants } from './walls/grants.ts';
import { looseReferences } from './walls/references.ts';
import { sightedTables, sights } from './walls/sights.ts';
import { standingWalls } from './walls/standing-walls.ts';
import { tenantTables } from './walls/tenant-tables.ts';
import { twoAgencies } from './walls/two-agencies.ts';
import { roles, WallSession } from './walls/wall-session.ts';

const database = await testDatabase();
const session = await WallSession.open(database.urls.admin);
afterAll(() => session[Symbol.asyncDispose]());
const agencies = await twoAgencies(session);
const tables = (await tenantTables(session)).map(({ name }) => name);

describe('as the migrations leave it', () => {
  test('every table has its wall, forced, and nothing leads around it', async () => {
    expect(await standingWalls(session)).toEqual([]);
  });

  test('no role gets at rows of another agency, or at any without an agency, in any table', async () => {
    expect(await crossings(session, agencies)).toEqual([]);
  });

  test("no row can refer to another agency's row", async () => {
    expect(await looseReferences(session, agencies)).toEqual([]);
  });

  test('every process has exactly the grants that are meant', async () => {
    expect(await strayGrants(session)).toEqual([]);
  });
});

/** What the checks say once something was taken away. */
async function without<Found>(change: string, check: () => Promise<Found>): Promise<Found> {
  return session.undone(async () => {
    await session.query(change);
    return check();
  });
}

function wallsAndCrossings(change: string, table: string) {
  return without(change, async () => ({ walls: await standingWalls(session), crossings: await crossings(session, agencies, table) }));
}

describe.each(tables)('notices, for %s,', (table) => {
  const tenant = table === 'accounts' ? 'id' : 'agency_id';

  test.each([
    ['no row-level security', `alter table foyer.${table} disable row level security`],
    ['a policy that lets everything be seen', `alter policy tenant on foyer.${table} using (true)`],
    ['a second policy that lets everything through', `create policy extra on foyer.${table} using (true) with check (true)`],
    [
      'a policy that lets anybody in while no agency is set',
      `alter policy tenant on foyer.${table} using (${tenant} = foyer.current_agency() or foyer.current_agency() is null)`,
    ],
    ['that it is not forced on the owner', `alter table foyer.${table} no force row level security`],
  ])('%s', async (_, change) => {
    const found = await wallsAndCrossings(change, table);
    expect(found.walls).not.toEqual([]);
    expect(found.crossings).not.toEqual([]);
  });

  test('a policy that lets everything be written', async () => {
    const found = await wallsAndCrossings(`alter policy tenant on foyer.${table} with check (true)`, table);
    expect(found.walls).not.toEqual([]);
    expect(found.crossings).toContain(`foyer_owner inserts another agency's row in ${table}`);
  });

  test('that its policy is gone', async () => {
    const found = await wallsAndCrossings(`drop policy tenant on foyer.${table}`, table);
    expect(found.walls).not.toEqual([]);
    // Without a policy nothing is seen at all, one's own included.
    expect(found.crossings).toContain(`foyer_owner sees nothing of its own in ${table}`);
  });
});

describe.each(roles)('notices that %s', (role) => {
  test.each(['bypassrls', 'superuser'])('was made %s', async (power) => {
    const found = await wallsAndCrossings(`alter role ${role} ${power}`, 'clients');
    expect(found.walls).toContain(`${role} can walk through the walls`);
    expect(found.crossings).toContain(`${role} sees another agency's rows in clients`);
  });
});

test.each(['foyer_api', 'foyer_worker'])('notices that %s was made a member of the owner', async (role) => {
  expect(await without(`grant foyer_owner to ${role}`, () => standingWalls(session))).toContain(`${role} is a member of foyer_owner`);
});

describe('notices a way around the walls:', () => {
  test.each([
    ['a new table without a wall', 'create table foyer.notes (agency_id uuid); alter table foyer.notes owner to foyer_owner'],
    ['a new table without an agency', 'create table foyer.settings (name text); alter table foyer.settings owner to foyer_owner'],
    ['a view', 'create view foyer.all_clients as select * from foyer.clients'],
    [
      'a function with the rights of its owner',
      `create function foyer.names() returns setof text language sql security definer as 'select name from foyer.clients'`,
    ],
    ['a table that belongs to somebody else', 'alter table foyer.clients owner to foyer_worker'],
    ['events that are no longer sealed', 'alter table foyer.events disable trigger events_seal'],
    ['events that are sealed only sometimes', 'drop trigger events_seal on foyer.events'],
    ['a sealing function that finds its tables wherever its caller says', 'alter function foyer.seal_event reset search_path'],
    ['a holder policy that lets its row be written', 'drop policy holder on foyer.api_keys; create policy holder on foyer.api_keys using (true)'],
  ])('%s', async (_, change) => {
    expect(await without(change, () => standingWalls(session))).not.toEqual([]);
  });

  test('a new table that nothing tries', async () => {
    const change = 'create table foyer.notes (agency_id uuid)';
    expect(await without(change, () => crossings(session, agencies, 'notes'))).toContain('notes has no row to try it with');
  });
});

const ofClients = (await sightedTables(session)).map(({ name }) => name);

describe('what a restricted member does not see', () => {
  test('is hidden in every table that is tied to clients', async () => {
    expect(await sights(session, agencies.own)).toEqual([]);
    expect(ofClients).toContain('clients');
  });

  describe.each(ofClients)('in %s is noticed to be seen', (table) => {
    test.each([
      ['without the wall', `drop policy sight on foyer.${table}`],
      ['with one that lets everything be seen', `alter policy sight on foyer.${table} using (true)`],
      ['with one that widens instead of narrowing', `drop policy sight on foyer.${table}; create policy sight on foyer.${table} for select using (true)`],
      ['with one that holds for one role alone', `alter policy sight on foyer.${table} to foyer_worker`],
    ])('%s', async (_, change) => {
      expect(await without(change, () => sights(session, agencies.own, table))).not.toEqual([]);
    });
  });

  test('is noticed when nothing is seen at all', async () => {
    const change = `alter policy sight on foyer.clients using (false)`;
    expect(await without(change, () => sights(session, agencies.own))).toContain('foyer_api sees nothing of its own in clients');
  });

  test('is noticed in a new table of projects without the wall', async () => {
    const change = `create table foyer.notes as select agency_id, id as project_id from foyer.projects; grant select on foyer.notes to foyer_api`;
    expect(await without(change, () => sights(session, agencies.own))).toContain("foyer_api sees a hidden client's rows in notes");
  });
});

describe('notices a grant', () => {
  test.each([
    'insert on foyer.clients to foyer_api',
    'update (state) on foyer.clients to foyer_api',
    'update (client_id) on foyer.projects to foyer_api',
    'insert on foyer.sharings to foyer_api',
    'update (client_slots_used) on foyer.plans to foyer_api',
    'update on foyer.events to foyer_worker',
    'delete on foyer.events to foyer_owner',
    'insert on foyer.event_seals to foyer_worker',
    'update on foyer.event_seals to foyer_owner',
    'update on foyer.event_details to foyer_api',
    'update on foyer.event_details to foyer_worker',
    'truncate on foyer.clients to foyer_worker',
    'select on foyer.api_keys to foyer_worker',
    'select on foyer.clients to public',
    'create on schema foyer to foyer_api',
    'create on schema public to public',
  ])('of %s', async (grant) => {
    expect(await without(`grant ${grant}`, () => strayGrants(session))).not.toEqual([]);
  });

  test('that is missing', async () => {
    expect(await without('revoke insert on foyer.events from foyer_worker', () => strayGrants(session))).toEqual(['missing: foyer_worker insert events (*)']);
  });

  test('to come, by default privileges', async () => {
    const change = 'alter default privileges for role foyer_owner in schema foyer grant select on tables to foyer_api';
    expect(await without(change, () => strayGrants(session))).not.toEqual([]);
  });
});

describe('notices a loose reference:', () => {
  const composite = [
    ['membership_clients', 'membership_clients_membership'],
    ['membership_clients', 'membership_clients_client'],
    ['notification_choices', 'notification_choices_membership'],
    ['invitation_clients', 'invitation_clients_invitation'],
    ['invitation_clients', 'invitation_clients_client'],
    ['ownership_offers', 'ownership_offers_from'],
    ['ownership_offers', 'ownership_offers_to'],
    ['projects', 'projects_client'],
    ['badges', 'badges_project'],
    ['reports', 'reports_project'],
    ['sharings', 'sharings_project'],
    ['sharings', 'sharings_client'],
    ['onboardings', 'onboardings_client'],
    ['onboardings', 'onboardings_project'],
    ['onboarding_steps', 'onboarding_steps_onboarding'],
    ['api_keys', 'api_keys_replaced_by'],
    ['crm_deliveries', 'crm_deliveries_connection'],
    ['verified_reports', 'verified_reports_project'],
    ['share_tokens', 'share_tokens_project'],
    ['share_tokens', 'share_tokens_client'],
    ['share_views', 'share_views_project'],
    ['share_views', 'share_views_client'],
    ['brands', 'brands_logo'],
    ['client_brands', 'client_brands_client'],
    ['client_brands', 'client_brands_logo'],
    ['clients', 'clients_merged_into'],
    ['offboardings', 'offboardings_client'],
    ['export_packs', 'export_packs_offboarding'],
    ['export_packs', 'export_packs_client'],
    ['import_rows', 'import_rows_import'],
    ['import_rows', 'import_rows_client'],
  ] as const;

  test('all composite keys are tried here', async () => {
    const rows = await session.query(
      `select conname from pg_constraint where contype = 'f' and connamespace = 'foyer'::regnamespace and array_length(conkey, 1) > 1`,
    );
    expect(rows.map(({ conname }) => conname).sort()).toEqual(composite.map(([, name]) => name).sort());
  });

  test.each(composite)('%s without %s', async (table, constraint) => {
    expect(await without(`alter table foyer.${table} drop constraint ${constraint}`, () => looseReferences(session, agencies))).not.toEqual([]);
  });

  test('one that names the row but not its agency', async () => {
    const change = `alter table foyer.clients add constraint clients_id unique (id);
      alter table foyer.projects drop constraint projects_client, add constraint projects_client foreign key (client_id) references foyer.clients (id)`;
    expect(await without(change, () => looseReferences(session, agencies))).toEqual(['projects (client_id) refers to clients without the agency']);
  });
});
