import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changeInWords, type ToldEvent } from '../../web/history/event-in-words.ts';
import { exactly } from '../../web/time/exactly.ts';

const words = (event: Partial<ToldEvent>) => changeInWords({ kind: 'client.updated', before: null, after: null, erased: false, ...event });

test('what somebody has typed is told letter by letter, however much it looks like a code', () => {
  expect(words({ before: { name: 'acme_gmbh' }, after: { name: 'acme gmbh', externalReference: 'ACME_DE' } })).toBe(
    'name: acme_gmbh → acme gmbh, external reference: ACME_DE',
  );
});

test('a code or a state is told in words', () => {
  expect(words({ after: { for: 'status', blockers: [{ code: 'SCAN_NOT_COMPLETED', reason: 'scan is running' }] } })).toBe(
    'for: status, blockers: scan not completed',
  );
  expect(words({ before: { state: 'past_due' }, after: { state: 'active' } })).toBe('state: past due → active');
});

test('clients that somebody sees are counted, and a change among as many is seen', () => {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  expect(words({ after: { role: 'viewer', clientIds: [one, two] } })).toBe('role: viewer, clients: 2');
  expect(words({ before: { clientIds: [one, two] }, after: { clientIds: [two, three] } })).toBe('clients: 1 added, 1 removed');
  expect(words({ before: { clientIds: null }, after: { clientIds: [one] } })).toBe('clients: – → 1');
});

test('what is not there is no change, and what is for machines is not told', () => {
  expect(words({ after: { contactEmail: null, id: randomUUID(), offboardingId: randomUUID() } })).toBe('');
  expect(words({ before: { update: ['won'] }, after: { update: [] } })).toBe('update: won → –');
});

test('a moment is told to the second, and the day on which a client leaves as that day', () => {
  const at = '2026-12-01T00:00:00.000Z';
  expect(words({ kind: 'sharing.changed', after: { expiresAt: at } })).toBe(`expires at: ${exactly(at)}`);
  expect(words({ kind: 'client.offboarding_scheduled', after: { endsAt: at, contactTold: true } })).toBe('ends at: 1 Dec 2026, contact told: yes');
});

test('what is in a record of its own is told field by field', () => {
  expect(words({ after: { plan: { state: 'trialing', whiteLabel: false, clientLimit: 10, periodEnd: null } } })).toBe(
    'plan: state trialing, white label no, client limit 10',
  );
});

test('erased details are said to be', () => {
  expect(words({ erased: true, after: { name: 'Acme' } })).toBe('What was personal in it has been erased.');
});
