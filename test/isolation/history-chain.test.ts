import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { updateClient } from '../../activities/update-client.ts';
import type { HistoryAnchor } from '../../db/history-anchors.ts';
import { recordEvent } from '../../db/record-event.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenant.ts';
import { type VerifiedHistory, verifyHistory } from '../../db/verify-history.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { tester } from '../harness/onboarding-input.ts';
import { events } from '../harness/written.ts';

const database = await testDatabase();
const { admin, worker, api } = database;

async function verified(agencyId: AgencyId, anchors: HistoryAnchor[] = []): Promise<VerifiedHistory> {
  for await (const history of verifyHistory(database.urls.admin, anchors)) if (history.accountId === agencyId) return history;
  throw new Error('the account has no history');
}

/** An agency whose history has five events, the second and third with details. */
async function agencyWithHistory() {
  const agencyId = await openAgency(database);
  const { clientId } = await activeClient(database, agencyId, { externalReference: 'deal-1' });
  const client = { name: 'Renamed', contactEmail: 'new@client.example', externalReference: 'deal-1', notes: null };
  await updateClient(worker, { agencyId, actor: tester, client, at: new Date().toISOString(), expectClient: false });
  await inTenant(api, agencyId, (tx) => recordEvent(tx, { agencyId, actor: tester, kind: 'plan.changed', after: { clientLimit: 20 } }));
  return { agencyId, clientId };
}

const note = (db: Kysely<Database>, agencyId: AgencyId, index: number) =>
  inTenant(db, agencyId, (tx) => recordEvent(tx, { agencyId, actor: tester, kind: 'badge.reported', after: { index } }));

describe('the history of an account', () => {
  test('is one unbroken chain, whoever wrote it', async () => {
    const { agencyId } = await agencyWithHistory();
    const { rows } = await sql<{ position: number }>`select position from foyer.event_seals where agency_id = ${agencyId} order by position`.execute(admin);
    expect(rows.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect(await verified(agencyId)).toMatchObject({ position: 5, erased: 0, finding: null });
  });

  test('is one unbroken chain after two hundred transactions of two processes at once, of several events each', async () => {
    const agencyId = await openAgency(database);
    const pairs = Array.from({ length: 200 }, (_, index) =>
      inTenant(index % 2 ? worker : api, agencyId, async (tx) => {
        await recordEvent(tx, { agencyId, actor: tester, kind: 'badge.reported', after: { index } });
        await recordEvent(tx, { agencyId, actor: tester, kind: 'report.delivered', after: { index } });
      }),
    );
    await Promise.all(pairs);
    expect(await verified(agencyId)).toMatchObject({ position: 400, finding: null });
  });

  test('never makes transactions that hold each other up wait for ever, in whatever order they take their rows', async () => {
    const agencyId = await openAgency(database);
    const [one, two] = [await activeClient(database, agencyId), await activeClient(database, agencyId)];
    const touch = (tx: Kysely<Database>, clientId: string) => sql`update foyer.clients set version = version + 1 where id = ${clientId}`.execute(tx);
    // The event comes first and the row last in half of them: a lock taken with the event would meet its holder the other way round.
    const crossing = Array.from({ length: 60 }, (_, index) =>
      inTenant(worker, agencyId, async (tx) => {
        const event = () => recordEvent(tx, { agencyId, actor: tester, kind: 'client.updated', after: { index } });
        if (index % 2) await event();
        await touch(tx, one.clientId);
        await touch(tx, two.clientId);
        if (!(index % 2)) await event();
      }),
    );
    await Promise.all(crossing);
    expect(await verified(agencyId)).toMatchObject({ finding: null });
  });

  test('holds nobody up but for the commit: an event waits for no other transaction that has recorded one', async () => {
    const agencyId = await openAgency(database);
    const recorded = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const first = inTenant(api, agencyId, async (tx) => {
      await recordEvent(tx, { agencyId, actor: tester, kind: 'badge.reported', after: { index: 1 } });
      recorded.resolve();
      await released.promise;
    });
    await recorded.promise;
    await note(api, agencyId, 2);
    released.resolve();
    await first;
    expect(await verified(agencyId)).toMatchObject({ position: 2, finding: null });
  });

  test('has no trace of what was rolled back', async () => {
    const agencyId = await openAgency(database);
    const failed = inTenant(api, agencyId, async (tx) => {
      await recordEvent(tx, { agencyId, actor: tester, kind: 'plan.changed' });
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    await note(api, agencyId, 1);
    expect(await verified(agencyId)).toMatchObject({ position: 1, finding: null });
  });

  test('keeps what is personal beside the chain, where it can be erased with its client', async () => {
    const { agencyId, clientId } = await agencyWithHistory();
    const { rows } = await sql<{ event: string }>`select to_jsonb(e)::text as event from foyer.events as e where agency_id = ${agencyId}`.execute(admin);
    expect(rows.map(({ event }) => event).join()).not.toMatch(/Renamed|new@client\.example/);

    await admin.deleteFrom('event_details').where('agency_id', '=', agencyId).execute();
    expect((await verified(agencyId)).finding).toMatch(/details .* were removed, and its client was never erased/);
    const erased = { agencyId, clientId, actor: tester, kind: 'client.erased' } as const;
    await inTenant(worker, agencyId, (tx) => recordEvent(tx, erased));
    expect(await verified(agencyId)).toMatchObject({ erased: 2, finding: null });
  });
});

test('of people too nothing personal is in the chain, and what is beside it is held by it', async () => {
  const agencyId = await openAgency(database);
  const told = [
    { kind: 'invitation.created', after: { id: 'i', email: 'ada@agency.example' } },
    { kind: 'member.changed', before: { personId: 'p', name: 'Ada' }, after: { personId: 'p', name: 'Ada' } },
    { kind: 'ownership.transferred', before: { owner: { name: 'Ada' } } },
    { kind: 'account.updated', after: { name: 'Agency', billingEmail: 'bills@agency.example' } },
  ] as const;
  for (const event of told) await inTenant(api, agencyId, (tx) => recordEvent(tx, { agencyId, actor: tester, ...event }));
  const { rows } = await sql<{ event: string }>`select to_jsonb(e)::text as event from foyer.events as e where agency_id = ${agencyId}`.execute(admin);
  expect(rows.map(({ event }) => event).join()).not.toMatch(/Ada|agency\.example/);
  expect((await events(database, agencyId)).map(({ before, after }) => ({ before, after }))).toEqual(
    told.map((event) => ({ before: 'before' in event ? event.before : null, after: 'after' in event ? event.after : null })),
  );
  expect(await verified(agencyId)).toMatchObject({ position: 4, finding: null });
  await admin.deleteFrom('event_details').where('agency_id', '=', agencyId).execute();
  expect((await verified(agencyId)).finding).toMatch(/details of the event at position 1 .* were removed/);
});

describe('verify-history finds that a superuser', () => {
  const ofIts = `agency_id = '$agency' and`;
  const sealAnew = `update foyer.event_seals as seal set hash = foyer.event_hash(previous_hash, position, event) from foyer.events as event where event.id = event_id and seal.${ofIts}`;

  const tampered: [string, string, RegExp][] = [
    [
      'changed what an event says',
      `update foyer.events set after = '{"clientLimit": 99}' where ${ofIts} kind = 'plan.changed'`,
      /position 5 \(.*, plan\.changed\) was changed/,
    ],
    ['changed who did it', `update foyer.events set actor = '{"kind": "system"}' where ${ofIts} kind = 'client.activated'`, /position 3 \(.*\) was changed/],
    ['changed when it was', `update foyer.events set at = at - interval '1 day' where ${ofIts} kind = 'client.created'`, /client\.created\) was changed/],
    [
      'changed where it came from',
      `update foyer.events set origin = '{"network": "192.0.2.0/24"}' where ${ofIts} kind = 'plan.changed'`,
      /position 5 .* was changed/,
    ],
    ['gave an event to another client', `update foyer.events set client_id = uuidv7() where ${ofIts} kind = 'client.updated'`, /client\.updated\) was changed/],
    [
      'changed the details of an event',
      `update foyer.event_details set content = replace(content, 'Renamed', 'Forged') where agency_id = '$agency'`,
      /details of the event at position 4 .* were changed/,
    ],
    ['removed the details of an event', `delete from foyer.event_details where agency_id = '$agency'`, /details of the event at position 2 .* were removed/],
    ['removed an event', `delete from foyer.events where ${ofIts} kind = 'client.activated'`, /event at position 3 \(.*\) was removed/],
    [
      'removed an event with its seal',
      `delete from foyer.event_seals where ${ofIts} position = 3; delete from foyer.events where ${ofIts} kind = 'client.activated'`,
      /event at position 3 was removed/,
    ],
    [
      'removed the first event and moved the rest up',
      `delete from foyer.events where ${ofIts} kind = 'onboarding.started'; delete from foyer.event_seals where ${ofIts} position = 1;
       update foyer.event_seals set position = position + 9 where agency_id = '$agency'; update foyer.event_seals set position = position - 10 where agency_id = '$agency'`,
      /seal at position 1, or the one before it, was changed/,
    ],
    [
      'inserted an event past the chain',
      `set local session_replication_role = replica; insert into foyer.events (agency_id, kind, actor) values ('$agency', 'client.archived', '{}')`,
      /\(client\.archived\) was inserted past the chain/,
    ],
    [
      'inserted details',
      `insert into foyer.event_details values ('$agency', uuidv7(), uuidv7(), 'salt', '{}')`,
      /details were inserted for an event .* that is not there/,
    ],
    ['removed a seal', `delete from foyer.event_seals where ${ofIts} position = 5`, /\(plan\.changed\) was inserted past the chain, or its seal was removed/],
    ['changed a seal', `update foyer.event_seals set hash = sha256('x') where ${ofIts} position = 2`, /event at position 2 .* was changed/],
    [
      'changed an event and sealed it anew',
      `update foyer.events set after = '{"state": "x"}' where ${ofIts} kind = 'client.activated'; ${sealAnew} position = 3`,
      /seal at position 4, or the one before it, was changed/,
    ],
  ];

  test.each(tampered)('%s', async (_, change, finding) => {
    const [own, other] = [await agencyWithHistory(), await agencyWithHistory()];
    await tamper(own.agencyId, change);
    expect((await verified(own.agencyId)).finding).toMatch(finding);
    expect(await verified(other.agencyId)).toMatchObject({ position: 5, finding: null });
  });

  test('cut off the end of the history, against where it had come to', async () => {
    const { agencyId } = await agencyWithHistory();
    const anchor = await verified(agencyId);
    await tamper(agencyId, `delete from foyer.events where ${ofIts} kind = 'plan.changed'; delete from foyer.event_seals where ${ofIts} position = 5`);
    expect(await verified(agencyId)).toMatchObject({ position: 4, finding: null });
    expect((await verified(agencyId, [anchor])).finding).toBe('everything behind position 4 was removed: the chain had come to 5');
  });

  test('removed the whole history of an account, against where it had come to', async () => {
    const { agencyId } = await agencyWithHistory();
    const anchor = await verified(agencyId);
    await tamper(agencyId, ['event_details', 'events', 'event_seals'].map((table) => `delete from foyer.${table} where agency_id = '$agency'`).join(';'));
    expect((await verified(agencyId, [anchor])).finding).toBe('everything behind position 0 was removed: the chain had come to 5');
  });

  test('wrote the chain anew to its end, against what it was', async () => {
    const { agencyId } = await agencyWithHistory();
    const anchor = await verified(agencyId);
    await tamper(agencyId, `update foyer.events set after = '{"clientLimit": 99}' where ${ofIts} kind = 'plan.changed'; ${sealAnew} position = 5`);
    await note(api, agencyId, 6);
    expect((await verified(agencyId)).finding).toBeNull();
    expect((await verified(agencyId, [anchor])).finding).toBe('the chain up to position 5 was written anew since it was anchored');
  });
});

/** As superuser, to one agency's rows. */
async function tamper(agencyId: AgencyId, change: string): Promise<void> {
  await admin.transaction().execute((tx) => sql.raw(change.replaceAll('$agency', agencyId)).execute(tx));
}

test('verify-history refuses a role that is not shown everything, rather than verify less', async () => {
  for (const url of [database.urls.owner, database.urls.worker, database.urls.api]) {
    await expect(verifyHistory(url).next()).rejects.toThrow('row-level security');
  }
});
