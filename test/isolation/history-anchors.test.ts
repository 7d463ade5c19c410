import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type HistoryAnchor, readSignedAnchors, signAnchors } from '../../db/history-anchors.ts';
import { testDatabase } from '../harness/database.ts';
import { newAgencyId } from '../harness/ids.ts';

const { admin, urls } = await testDatabase();
const key = randomBytes(32);
const stoodAt = (position: number): HistoryAnchor[] => [{ accountId: newAgencyId(), position, hash: randomBytes(32).toString('hex') }];
const found = () => readSignedAnchors(urls.admin, key);

beforeEach(() => sql`truncate foyer.history_anchors`.execute(admin));

test('anchors that were signed hold, the last ones count, and two who sign at once sign one after the other', async () => {
  expect(await found()).toEqual({ state: 'none' });
  await Promise.all([signAnchors(urls.admin, key, stoodAt(1)), signAnchors(urls.admin, key, stoodAt(2))]);
  const last = stoodAt(3);
  await signAnchors(urls.admin, key, last);
  expect(await found()).toEqual({ state: 'whole', at: expect.any(Date), anchors: last });
  const kept = await admin.selectFrom('history_anchors').select('number').where('heads', 'is not', null).execute();
  expect(kept).toMatchObject([{ number: 3 }]);
});

test('anchors hold for whoever reads them while others are signed', async () => {
  await signAnchors(urls.admin, key, stoodAt(1));
  let signing = true;
  const signed = (async () => {
    for (let position = 2; position <= 40; position++) await signAnchors(urls.admin, key, stoodAt(position));
    signing = false;
  })();
  const read = async () => {
    while (signing) expect(await found()).toMatchObject({ state: 'whole' });
  };
  await Promise.all([signed, read(), read(), read()]);
});

describe('without the key nobody', () => {
  test.each([
    ['moves an account back', `update foyer.history_anchors set heads = replace(heads, '"position":3', '"position":2') where number = 3`],
    ['signs a digest of their own', `update foyer.history_anchors set heads = '[]', digest = sha256('[]') where number = 3`],
    [
      'makes an old anchor the last one',
      `update foyer.history_anchors set (heads, digest) = (select heads, digest from foyer.history_anchors where number = 1) where number = 3`,
    ],
    ['makes an anchor younger', `update foyer.history_anchors set at = now() + interval '1 hour' where number = 3`],
    ['takes one out from between', `delete from foyer.history_anchors where number = 2`],
    ['takes the first one out', `delete from foyer.history_anchors where number = 1; update foyer.history_anchors set number = number - 1`],
    ['adds one', `insert into foyer.history_anchors select 4, at, heads, digest, mac from foyer.history_anchors where number = 3`],
  ])('%s', async (_, change) => {
    for (const position of [1, 2, 3]) await signAnchors(urls.admin, key, stoodAt(position));
    await sql.raw(change).execute(admin);
    expect(await found()).toEqual({ state: 'broken', finding: expect.stringMatching(/^anchor \d/) });
  });

  test('signs at all', async () => {
    await signAnchors(urls.admin, randomBytes(32), stoodAt(1));
    expect(await found()).toEqual({ state: 'broken', finding: expect.stringContaining('another key') });
  });
});
