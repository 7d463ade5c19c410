import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AgencyId } from '../../domain/ids.ts';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { activeClient } from '../harness/client.ts';
import { mailedToken } from '../harness/mailbox.ts';
import { signUpAndIn } from '../harness/visitor.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;

test('a stranger signs up, opens an agency and invites a colleague, who signs up and sees what a viewer may', async () => {
  const { visitor: owner } = await signUpAndIn(api);
  const opened = await owner.post('/v1/accounts', { kind: 'agency', name: 'Northwind' });
  const id = agencyIdOf(opened.as(z.looseObject({ id: z.uuid() })).id);
  await activeClient(database, id, { name: 'Acme', contactEmail: 'ops@acme.example', notes: 'internal' });

  const colleague = await signUpAndIn(api);
  await owner.post(`/v1/accounts/${id}/invitations`, { email: colleague.email, role: 'viewer' });
  const { visitor: viewer } = colleague;
  expect(await viewer.get('/v1/me')).toMatchObject({ body: { accounts: [] } });
  expect(await viewer.post('/v1/invitations/accept', { token: await mailedToken(api, colleague.email, 'invitation') })).toMatchObject({
    status: 200,
    body: { id, name: 'Northwind', role: 'viewer' },
  });

  expect(await viewer.get('/v1/me')).toMatchObject({ body: { accounts: [{ id, role: 'viewer' }] } });
  const [client] = (await viewer.get(`/v1/agencies/${id}/clients`)).as(answers.clients).items;
  expect(client).toMatchObject({ name: 'Acme', contactEmail: null, notes: null });
  expect(await viewer.post(`/v1/agencies/${id}/clients`, { name: 'Other' })).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect((await events(database, id)).map(({ kind, actor }) => `${kind} by ${actor.kind}`)).toEqual(
    expect.arrayContaining(['account.created by user', 'member.joined by user', 'invitation.created by user']),
  );
});

/** Answers are text; this is where the test says which record's id it is. */
function agencyIdOf(id: string) {
  return id as AgencyId;
}
