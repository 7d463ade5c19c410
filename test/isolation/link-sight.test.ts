import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { moveProject } from '../../activities/move-project.ts';
import { readClientPortal } from '../../db/read/client-portal.ts';
import { readSharedReport } from '../../db/read/shared-report.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { readInTenant } from '../../db/tenant.ts';
import { hashToken } from '../../db/token-hash.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { showLogo } from '../harness/logo.ts';
import { tester } from '../harness/onboarding-input.ts';
import { makeReady, openProject } from '../harness/project.ts';
import { openLinks } from '../harness/sharing.ts';
import { type Attempt, literal, type Role, WallSession } from './walls/wall-session.ts';

const database = await testDatabase();
const secrets = createSecretBox(randomBytes(32));
const session = await WallSession.open(database.urls.admin);
afterAll(() => session[Symbol.asyncDispose]());

/** An agency with two clients, each with a shared project and one that is not. */
async function agencyWithLinks() {
  const agencyId = await openAgency(database);
  await showLogo(database, agencyId);
  const withProjects = async () => {
    const { clientId } = await activeClient(database, agencyId, { notes: 'internal', contactEmail: 'ops@client.example' });
    const [projectId, unshared] = [await openProject(database, agencyId, { clientId }), await openProject(database, agencyId, { clientId })];
    for (const each of [projectId, unshared]) await makeReady(database, { agencyId, projectId: each });
    return { clientId, projectId, unshared, ...(await openLinks(database, secrets, { agencyId, projectId }, clientId)) };
  };
  return { agencyId, one: await withProjects(), other: await withProjects() };
}

const { agencyId, one, other } = await agencyWithLinks();

/** What the API sees with a token and nothing else, by table: how many rows. */
async function seenWith(token: string): Promise<Record<string, number>> {
  const tables = await session.query(`select relname::text as name from pg_class where relnamespace = 'foyer'::regnamespace and relkind = 'r' order by 1`);
  const names = tables.map(({ name }) => String(name)).filter((name) => !['kysely_migration', 'kysely_migration_lock'].includes(name));
  const seen = await session.attempt(names.map((name) => ({ name, ...lookingWith(token, 'foyer_api', name) })));
  return Object.fromEntries(seen.filter(({ count }) => count > 0).map(({ name, count }) => [name, count]));
}

function lookingWith(token: string, role: Role, table: string): Attempt {
  return { role, claims: { presentedToken: hashToken(token).toString('hex') }, statement: `select from foyer.${table}` };
}

const bare = { share_tokens: 1, accounts: 1, brands: 1, logos: 1 };

describe('with the token of a link the API sees', () => {
  test("of a report: that report's rows, the account's and the brand's, and not one more of the agency or of anybody", async () => {
    expect(await seenWith(one.token)).toEqual({ ...bare, sharings: 1, projects: 1, verified_reports: 1 });
  });

  test('of a portal: what is shared with its client', async () => {
    expect(await seenWith(one.portalToken)).toEqual({ ...bare, sharings: 1, projects: 1, verified_reports: 1 });
    await openLinks(database, secrets, { agencyId, projectId: one.unshared }, one.clientId);
    expect(await seenWith(one.portalToken)).toEqual({ ...bare, sharings: 2, projects: 2, verified_reports: 2 });
    expect(await seenWith(one.token)).toEqual({ ...bare, sharings: 1, projects: 1, verified_reports: 1 });
  });

  test('that was retired, or is past its time: that there was one, and nothing else', async () => {
    const { agencyId: own, one: gone, other: over } = await agencyWithLinks();
    await moveProject(database.worker, { agencyId: own, projectId: gone.projectId, clientId: null, actor: tester });
    await database.admin
      .updateTable('share_tokens')
      .set({ expires_at: new Date(Date.now() - 86_400_000) })
      .where('project_id', '=', over.projectId)
      .execute();
    for (const token of [gone.token, gone.portalToken]) expect(await seenWith(token)).toEqual({ share_tokens: 1 });
    for (const token of [over.token, over.portalToken]) expect(await seenWith(token)).toEqual({ share_tokens: 1 });
  });

  test('that nobody has: nothing', async () => {
    expect(await seenWith(randomBytes(32).toString('base64url'))).toEqual({});
    expect(await seenWith('')).toEqual({});
  });

  test('of a project that stands under another client now, whatever the sharing says: nothing of it', async () => {
    const { one: moved, other: winner } = await agencyWithLinks();
    // As if the move had forgotten to end the sharing.
    await database.admin.updateTable('projects').set({ client_id: winner.clientId }).where('id', '=', moved.projectId).execute();
    expect(await readInTenant(database.api, { presentedTokenHash: hashToken(moved.token) }, (reader) => readSharedReport(reader, hashToken(moved.token)))).toBe(
      'ended',
    );
    expect(await seenWith(moved.token)).not.toHaveProperty('verified_reports');
    expect(await seenWith(winner.portalToken)).toMatchObject({ verified_reports: 1 });
  });
});

describe('the sight of a link', () => {
  test('is taken away from no role but the API, and lets nothing be written', async () => {
    const looks = (['foyer_worker', 'foyer_owner'] as const).flatMap((role) =>
      ['sharings', 'projects', 'verified_reports', 'share_tokens'].map((table) => lookingWith(other.token, role, table)),
    );
    for (const { role, statement, count } of await session.attempt(looks)) expect(count, `${role}: ${statement}`).toBe(0);
    const writes = [
      `insert into foyer.share_views (agency_id, project_id, client_id, views, last_viewed_at)
        values (${[agencyId, other.projectId, other.clientId].map(literal)}, 1, now())`,
      `update foyer.sharings set state = 'disabled'`,
    ];
    const attempts = writes.map((statement) => ({ ...lookingWith(other.token, 'foyer_api', 'share_views'), statement }));
    expect((await session.attempt(attempts)).map(({ refused }) => refused)).toEqual(['42501', '42501']);
  });

  test('does not outlive its transaction on a pooled connection', async () => {
    const looks = Array.from({ length: 40 }, async (_, index) => {
      const { token, projectId } = index % 2 ? one : other;
      const opened = await readInTenant(database.api, { presentedTokenHash: hashToken(token) }, (reader) => readSharedReport(reader, hashToken(token)));
      expect(opened).toMatchObject({ projectId });
      expect((await sql`select from foyer.verified_reports`.execute(database.api)).rows).toEqual([]);
    });
    await Promise.all(looks);
  });

  test("asks for the very token: another one's hash finds nothing", async () => {
    const presentedTokenHash = hashToken(one.token);
    const found = await readInTenant(database.api, { presentedTokenHash }, async (reader) => [
      await readSharedReport(reader, hashToken(other.token)),
      await readClientPortal(reader, hashToken(one.portalToken)),
    ]);
    expect(found).toEqual([undefined, undefined]);
  });
});

describe('notices, by what a link would show,', () => {
  const shows = async (token: string) => {
    const counts = await seenWith(token);
    return Object.entries(counts).map(([table, count]) => `${table} ${count}`);
  };
  const meant = ['accounts 1', 'brands 1', 'logos 1', 'projects 1', 'share_tokens 1', 'sharings 1', 'verified_reports 1'];

  test('nothing while the walls stand', async () => {
    expect(await shows(other.token)).toEqual(meant);
  });

  test.each([
    ['a sharing that any link opens', 'alter policy link on foyer.sharings using (true)'],
    [
      'a sharing that any link of its client opens',
      `alter policy link on foyer.sharings using (client_id in (select client_id from foyer.opened_link()))`,
      true,
    ],
    ['a project that is not held to a sharing', 'alter policy link on foyer.projects using ((select foyer.presented_token()) is not null)'],
    ['a report that is not held to its project', 'alter policy link on foyer.verified_reports using ((select foyer.presented_token()) is not null)'],
    ['tokens of others', 'alter policy link on foyer.share_tokens using ((select foyer.presented_token()) is not null)'],
    ['accounts of others', 'alter policy link on foyer.accounts using (true)'],
    ['clients that a link shows', 'create policy link on foyer.clients for select to foyer_api using ((select foyer.presented_token()) is not null)'],
    ['row-level security that is off', 'alter table foyer.verified_reports disable row level security'],
  ])('%s', async (_, change, ofClient = false) => {
    if (ofClient) await openLinks(database, secrets, { agencyId, projectId: other.unshared }, other.clientId);
    expect(
      await session.undone(async () => {
        await session.query(change);
        return shows(other.token);
      }),
    ).not.toEqual(meant);
  });
});
