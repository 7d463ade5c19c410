import { expect, test } from 'vitest';
import { invitationSchema } from '../../api/representations/invitation.ts';
import { invitationMails } from '../../domain/membership.ts';
import { refusal } from '../harness/answers.ts';
import { testApi } from '../harness/api.ts';
import { mailsTo } from '../harness/mailbox.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { events } from '../harness/written.ts';

const api = await testApi({ worker: false });
const { database } = api;
const { toAddress, together } = invitationMails;

async function account() {
  const { id } = await newTenant(api);
  const owner = await openPerson(api, id, { role: 'owner' });
  const path = `/v1/accounts/${id}/invitations`;
  return { id, path, owner, invite: (email: string) => owner.post(path, { email, role: 'viewer' }) };
}

test('an account floods no address with invitations: neither by new ones, nor by sending one again', async () => {
  const [{ id, path, owner, invite }, other] = [await account(), await account()];
  const address = 'victim@people.example';
  for (let count = 0; count < toAddress.max; count += 2) {
    const made = await invite(count % 4 ? address : address.toUpperCase());
    expect(await owner.post(`${path}/${made.as(invitationSchema).id}/resend`)).toMatchObject({ status: 200 });
  }
  const refused = await invite(address);
  expect(refused).toMatchObject(refusal('RATE_LIMITED'));
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(toAddress.windowSeconds - 60);
  // Who is refused has made nothing, and is heard for others; what one account sends is nothing to another one.
  expect(await events(database, id, 'invitation.created', 'invitation.resent')).toHaveLength(toAddress.max);
  expect(await invite('somebody-else@people.example')).toMatchObject({ status: 201 });
  expect(await other.invite(address)).toMatchObject({ status: 201 });
});

test('an account mails so many invitations a day, to whomever', async () => {
  const { invite } = await account();
  for (let count = 0; count < together.max; count++) expect((await invite(`somebody-${count}@people.example`)).status).toBe(201);
  expect(await invite('one-more@people.example')).toMatchObject(refusal('RATE_LIMITED'));
  expect(await mailsTo(api, 'one-more@people.example')).toEqual([]);
});
