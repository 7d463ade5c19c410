import type { Role } from './permission.ts';

/** Whom a person of each role manages: invites as, changes from and to, restricts, removes. */
export const managedRoles = {
  owner: ['owner', 'admin', 'viewer'],
  admin: ['admin', 'viewer'],
  viewer: [],
} as const satisfies Record<Role, readonly Role[]>;

export function manages(by: Role, role: Role): boolean {
  const managed: readonly Role[] = managedRoles[by];
  return managed.includes(role);
}

/** What happens to a member. */
export type MemberChange = { kind: 'becomes'; role: Role; restricted: boolean } | { kind: 'removed' } | { kind: 'leaves' };

/** Why a change may not be made: who asks has not the standing; the account would be without an owner; an owner sees all clients. */
export type MemberChangeRefusal = 'not_managed' | 'last_owner' | 'owner_sees_all';

interface ChangeFacts {
  /** The role of whoever asks. */
  by: Role;
  /** The role of whom it concerns. */
  member: Role;
  change: MemberChange;
  /** How many owners the account has. */
  owners: number;
}

/** Why the change is refused, or null when it may be made. To leave is up to oneself; everything else is up to who manages the role before and after. */
export function refuseMemberChange({ by, member, change, owners }: ChangeFacts): MemberChangeRefusal | null {
  const roleAfter = change.kind === 'becomes' ? change.role : null;
  if (change.kind !== 'leaves' && !(manages(by, member) && (roleAfter === null || manages(by, roleAfter)))) return 'not_managed';
  if (member === 'owner' && roleAfter !== 'owner' && owners <= 1) return 'last_owner';
  return change.kind === 'becomes' && change.role === 'owner' && change.restricted ? 'owner_sees_all' : null;
}
