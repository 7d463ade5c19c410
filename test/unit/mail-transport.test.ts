import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { mailOf } from '../../mail/letter.ts';
import { smtpTransport, UndeliverableMail } from '../../mail/transport.ts';
import { openSmtpServer } from '../harness/smtp-server.ts';

const from = 'Foyer <no-reply@foyer.example>';
const letter = (to: string) => mailOf({ kind: 'invitation', to, subject: 'Two\r\nBcc: everybody@x.example', paragraphs: ['<b>Hello</b>'], footnote: 'Bye' });

test('a mail sent twice is the same message to whoever gets it', async () => {
  await using server = await openSmtpServer();
  const transport = smtpTransport({ url: server.url, from });
  const id = randomUUID();
  for (let time = 0; time < 2; time++) await transport.send(id, letter('robin@people.example'));
  expect(server.received).toHaveLength(2);
  for (const message of server.received) {
    expect(message).toContain(`Message-ID: <${id}@foyer.example>`);
    expect(message).toContain('From: Foyer <no-reply@foyer.example>');
    expect(message).toContain('To: robin@people.example');
  }
});

test('a name cannot add a header, nor markup', async () => {
  await using server = await openSmtpServer();
  await smtpTransport({ url: server.url, from }).send(randomUUID(), letter('robin@people.example'));
  const [message = ''] = server.received;
  const [headers] = message.split('\n\n', 1);
  expect(headers).toContain('Subject: Two Bcc: everybody@x.example');
  expect(headers).not.toMatch(/^Bcc:/m);
  expect(message).toContain('&lt;b&gt;Hello&lt;/b&gt;');
});

test('an address that the server refuses for good is told apart from a server that is not there', async () => {
  await using server = await openSmtpServer({ unknown: 'nobody@people.example' });
  const transport = smtpTransport({ url: server.url, from });
  await expect(transport.send(randomUUID(), letter('nobody@people.example'))).rejects.toThrow(UndeliverableMail);
  const gone = smtpTransport({ url: 'smtp://127.0.0.1:9', from });
  await expect(gone.send(randomUUID(), letter('robin@people.example'))).rejects.not.toThrow(UndeliverableMail);
});

test.each(['530 5.7.0 authenticate first', '550 5.7.1 not a sender of ours', '554 5.7.1 over the quota of this day'])(
  'a server that does not let us send (%s) has refused no mail for good: what waits is sent once it does',
  async (toSender) => {
    await using server = await openSmtpServer({ toSender });
    const sent = smtpTransport({ url: server.url, from }).send(randomUUID(), letter('robin@people.example'));
    await expect(sent).rejects.toThrow(toSender);
    await expect(sent).rejects.not.toThrow(UndeliverableMail);
  },
);
