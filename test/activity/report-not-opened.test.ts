import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ActivityDeps } from '../../activities/index.ts';
import { remindNotOpened } from '../../activities/remind-not-opened.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { newPersonId } from '../harness/ids.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { openMember } from '../harness/member.ts';
import { openProject } from '../harness/project.ts';
import { publicUrl } from '../harness/public-url.ts';
import { openLinks } from '../harness/sharing.ts';
import { events } from '../harness/written.ts';

const database = await testDatabase();
const secrets = createSecretBox(randomBytes(32));
const deps = { db: database.worker, secrets, publicUrl } as ActivityDeps;
const hour = 3_600_000;

async function owner(agencyId: AgencyId): Promise<string> {
  const id = newPersonId();
  const email = `${id}@people.example`;
  await database.api.insertInto('auth.people').values({ id, name: 'Robin Example', email, image: null, current_account_id: null }).execute();
  await openMember(database, agencyId, { role: 'owner', personId: id });
  return email;
}

async function shared() {
  const agencyId = await openAgency(database);
  const email = await owner(agencyId);
  const { clientId } = await activeClient(database, agencyId, { name: 'Fern & Co' });
  const projectId = await openProject(database, agencyId, { clientId });
  const links = await openLinks(database, secrets, { agencyId, projectId }, clientId, { sharedAt: new Date(Date.now() - 8 * 24 * hour) });
  return { agencyId, clientId, projectId, email, links };
}

test('tells the owners by mail and in the history, once, and never the link', async () => {
  const { email, links, ...of } = await shared();
  await Promise.all([remindNotOpened(deps, of), remindNotOpened(deps, of)]);
  const mails = await mailsTo({ database, secrets }, email);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ kind: 'report_not_opened', subject: 'Nobody at Fern & Co has opened the report yet' });
  expect(mails[0]?.text).toContain(`${publicUrl}/clients/${of.clientId}`);
  expect(mails[0]?.text).not.toContain(links.token);
  expect(await events(database, of.agencyId, 'sharing.not_opened')).toHaveLength(1);
});

test('is not sent where somebody has opened the report since, nor where it is shared no more', async () => {
  const { email, ...of } = await shared();
  await inTenant(database.api, of.agencyId, (tx) =>
    tx
      .insertInto('share_views')
      .values({ agency_id: of.agencyId, project_id: of.projectId, client_id: of.clientId, views: 1, last_viewed_at: new Date() })
      .execute(),
  );
  await remindNotOpened(deps, of);
  const ended = await shared();
  await database.admin.updateTable('sharings').set({ state: 'disabled', token_hash: null }).where('project_id', '=', ended.projectId).execute();
  await remindNotOpened(deps, ended);
  expect(await mailsTo({ database, secrets }, email)).toEqual([]);
  expect(await mailsTo({ database, secrets }, ended.email)).toEqual([]);
});

test('counts from when the links were given: a look before that is none', async () => {
  const { email, ...of } = await shared();
  await inTenant(database.api, of.agencyId, (tx) =>
    tx
      .insertInto('share_views')
      .values({ agency_id: of.agencyId, project_id: of.projectId, client_id: of.clientId, views: 3, last_viewed_at: new Date(Date.now() - 9 * 24 * hour) })
      .execute(),
  );
  await remindNotOpened(deps, of);
  expect(await mailsTo({ database, secrets }, email)).toHaveLength(1);
});
