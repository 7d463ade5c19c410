import { expect, test } from 'vitest';
import { z } from 'zod';
import { answers, refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { mailedToken } from '../harness/mailbox.ts';
import { signUpAndIn } from '../harness/visitor.ts';

const api = await testApi();

const made = z.looseObject({ id: z.uuid() });

test('a stranger signs up, opens an agency and invites a viewer; a key of theirs onboards a client, and the history says so', async () => {
  const owner = await signUpAndIn(api);
  const { id } = (await owner.visitor.post('/v1/accounts', { kind: 'agency', name: 'Fern Studio' })).as(made);

  const viewer = await signUpAndIn(api);
  expect(await owner.visitor.post(`/v1/accounts/${id}/invitations`, { email: viewer.email, role: 'viewer' })).toMatchObject({ status: 201 });
  expect(await viewer.visitor.get(`/v1/agencies/${id}/clients`)).toMatchObject(refusal('NOT_FOUND'));
  const token = await mailedToken(api, viewer.email, 'invitation');
  expect(await viewer.visitor.post('/v1/invitations/accept', { token })).toMatchObject({ status: 200, body: { id, role: 'viewer' } });

  const key = (await owner.visitor.post(`/v1/accounts/${id}/api-keys`, { name: 'CRM', scopes: ['clients:write'] })).as(made.extend({ key: z.string() }));
  const client = { name: 'Fern Ltd', contactEmail: 'ops@fern.example' };
  const onboarded = await api.send({ method: 'POST', path: `/v1/agencies/${id}/clients`, key: key.key, body: client });
  expect(onboarded).toMatchObject({ status: 201, body: { client } });
  const { id: clientId } = onboarded.as(answers.onboarded).client;

  const seen = await viewer.visitor.get(`/v1/agencies/${id}/clients/${clientId}`);
  expect(seen).toMatchObject({ status: 200, body: { name: 'Fern Ltd', contactEmail: null } });
  expect(await viewer.visitor.post(`/v1/agencies/${id}/clients`, client)).toMatchObject(refusal('AGENCY_ROLE_REQUIRED'));
  expect(await owner.visitor.get(`/v1/agencies/${id}/clients/${clientId}/history`)).toMatchObject({
    status: 200,
    body: {
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'client.created', actor: expect.objectContaining({ kind: 'apiKey', id: key.id, label: 'CRM' }) }),
      ]),
    },
  });
});
