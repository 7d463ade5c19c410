import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readApiConfig } from '../../api/config.ts';
import { directoryTransport } from '../../mail/transport.ts';
import { verifyEmailMail } from '../../mail/verify-email.ts';
import { refusal } from '../harness/answers.ts';
import { anotherApi, read, testApi } from '../harness/api.ts';

const directory = await mkdtemp(join(tmpdir(), 'foyer-mail-'));
afterAll(() => rm(directory, { recursive: true }));
const plain = await testApi({ worker: false });
const api = await anotherApi(plain, { devMailDirectory: directory });

const show = async (path: string) => read(await api.app.request(path));
const mail = (name: string) => verifyEmailMail({ to: `${name}@people.example`, name: '<i>Robin</i>', url: `https://foyer.example/verify?token=${name}` });

test('mail that is kept is shown, newest first, with its links to follow', async () => {
  expect(await show('/dev/mail')).toMatchObject({ status: 200, text: expect.stringContaining('No mail') });
  const { send } = directoryTransport(directory);
  const [older, newer] = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000002'];
  await send(newer, mail('newer'));
  await send(older, mail('older'));
  await send(older, mail('older'));
  expect((await show('/dev/mail')).text).toMatch(/newer@people\.example.*older@people\.example/s);
  const { text } = await show(`/dev/mail/${older}`);
  expect(text).toContain('href="https://foyer.example/verify?token=older"');
  expect(text).toContain('&lt;i&gt;Robin&lt;/i&gt;');
  expect(await readdir(directory)).toHaveLength(2);
  expect((await stat(join(directory, `${older}.json`))).mode & 0o077).toBe(0);
});

test.each([randomUUID(), 'x', '..%2f..%2fsecrets', '%00'])('there is no mail %s', async (id) => {
  expect(await show(`/dev/mail/${id}`)).toMatchObject(refusal('NOT_FOUND'));
});

test('nobody’s mail is shown where it is sent', async () => {
  expect(await read(await plain.app.request('/dev/mail'))).toMatchObject(refusal('NOT_FOUND'));
});

test('an API that others can reach refuses to show mail', () => {
  const environment = {
    DATABASE_URL: 'postgres://foyer_api@127.0.0.1/foyer',
    FOYER_OPERATOR_KEY: 'x'.repeat(24),
    FOYER_SECRET_KEY: randomBytes(32).toString('base64'),
    FOYER_DEV_MAIL_DIR: directory,
  };
  expect(readApiConfig(environment).devMailDirectory).toBe(directory);
  expect(() => readApiConfig({ ...environment, FOYER_HOST: '0.0.0.0' })).toThrow('FOYER_DEV_MAIL_DIR');
});
