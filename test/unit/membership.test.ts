import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MemberChange, manages, refuseMemberChange } from '../../domain/member-change.ts';
import { invitationState, invitationStates } from '../../domain/membership.ts';
import { type Role, roles } from '../../domain/permission.ts';

const role = fc.constantFrom(...roles);
const becoming = fc.record({ kind: fc.constant('becomes' as const), role, restricted: fc.boolean() });
const change: fc.Arbitrary<MemberChange> = fc.oneof(becoming, fc.constantFrom({ kind: 'removed' as const }, { kind: 'leaves' as const }));

describe('who manages whom', () => {
  test('an owner everybody, an admin all but owners, a viewer nobody', () => {
    const managed = (by: Role) => roles.filter((each) => manages(by, each));
    expect(managed('owner')).toEqual(['owner', 'admin', 'viewer']);
    expect(managed('admin')).toEqual(['admin', 'viewer']);
    expect(managed('viewer')).toEqual([]);
  });

  test('nobody manages a role above their own', () => {
    const rank = (each: Role) => roles.indexOf(each);
    fc.assert(fc.property(role, role, (by, other) => manages(by, other) === false || rank(by) <= rank(other)));
  });
});

describe('a change of a member', () => {
  test('to or from a role that who asks does not manage is refused, whatever it is', () => {
    fc.assert(
      fc.property(role, role, becoming, fc.integer({ min: 1, max: 3 }), (by, member, changed, owners) => {
        fc.pre(!manages(by, member) || !manages(by, changed.role));
        expect(refuseMemberChange({ by, member, change: changed, owners })).toBe('not_managed');
      }),
    );
  });

  test('never leaves an account without an owner', () => {
    fc.assert(
      fc.property(
        fc.array(role, { minLength: 1, maxLength: 6 }),
        fc.array(fc.record({ by: fc.nat(), member: fc.nat(), change }), { maxLength: 30 }),
        (first, steps) => {
          const people: Role[] = ['owner', ...first];
          for (const step of steps) {
            const index = step.member % people.length;
            const [by, member] = [people[step.by % people.length], people[index]];
            if (!by || !member) continue;
            const owners = people.filter((each) => each === 'owner').length;
            const whoAsks = step.change.kind === 'leaves' ? member : by;
            if (refuseMemberChange({ by: whoAsks, member, change: step.change, owners }) !== null) continue;
            if (step.change.kind === 'becomes') people[index] = step.change.role;
            else people.splice(index, 1);
            expect(people).toContain('owner');
          }
        },
      ),
    );
  });

  test('never restricts an owner', () => {
    fc.assert(
      fc.property(role, (member) => {
        expect(refuseMemberChange({ by: 'owner', member, change: { kind: 'becomes', role: 'owner', restricted: true }, owners: 2 })).toBe('owner_sees_all');
      }),
    );
  });

  test.each(roles)('%s may leave, unless it is the last owner', (member) => {
    const leave = (owners: number) => refuseMemberChange({ by: member, member, change: { kind: 'leaves' }, owners });
    expect(leave(2)).toBeNull();
    expect(leave(1)).toBe(member === 'owner' ? 'last_owner' : null);
  });

  test('of the last owner who stays one is none of being without an owner', () => {
    expect(refuseMemberChange({ by: 'owner', member: 'owner', change: { kind: 'becomes', role: 'owner', restricted: false }, owners: 1 })).toBeNull();
  });
});

describe('an invitation', () => {
  const at = new Date('2030-01-08T00:00:00Z');

  test('that waits has expired at its time, to the millisecond', () => {
    expect(invitationState({ state: 'pending', expiresAt: at }, new Date(at.getTime() - 1))).toBe('pending');
    expect(invitationState({ state: 'pending', expiresAt: at }, at)).toBe('expired');
  });

  test('that was answered or withdrawn stays what it is', () => {
    for (const state of invitationStates.filter((each) => each !== 'pending')) expect(invitationState({ state, expiresAt: at }, at)).toBe(state);
  });
});
