import { assertNever } from '../domain/assert-never.ts';
import type { MemberChangeRefusal } from '../domain/member-change.ts';
import { type Refused, refused } from './refused.ts';

/** Why a change of a member may not be made, as the refusal of the request. */
export function refusedChange(refusal: MemberChangeRefusal): Refused {
  switch (refusal) {
    case 'not_managed':
      return refused('AGENCY_ROLE_REQUIRED', { detail: 'Only an owner invites, changes or removes owners.' });
    case 'last_owner':
      return refused('AGENCY_ROLE_REQUIRED', { detail: 'An account keeps at least one owner: hand the ownership over first.' });
    case 'owner_sees_all':
      return refused('VALIDATION_FAILED', { errors: [{ pointer: '/clientIds', message: 'an owner sees every client' }] });
    default:
      return assertNever(refusal);
  }
}
