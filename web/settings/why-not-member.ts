import { useInfiniteQuery } from '@tanstack/react-query';
import { type MemberChange, refuseMemberChange } from '../../domain/member-change.ts';
import type { Role } from '../../domain/permission.ts';
import { membersQuery } from '../data/people.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';

/** Why the person may not do this to a member of that role, in words for a control that is off; undefined where they may. */
export function useWhyNotMember(): (member: Role, change: MemberChange) => string | undefined {
  const { role: by } = useAccount();
  const mayNotManage = useWhyNot()('people.manage');
  const owners = useOwners();
  return (member, change) => {
    if (change.kind !== 'leaves' && mayNotManage) return mayNotManage;
    const refusal = refuseMemberChange({ by, member, change, owners });
    return refusal ? texts.people.whyNot[refusal] : undefined;
  };
}

/** How many owners the account has; it matters to owners alone. */
function useOwners(): number {
  const { id, role } = useAccount();
  const { data, hasNextPage } = useInfiniteQuery({ ...membersQuery(id), enabled: role === 'owner' });
  const owners = data?.pages.flatMap(({ items }) => items).filter((member) => member.role === 'owner').length ?? 1;
  // Where not everybody was read there may be another one; the API knows.
  return hasNextPage ? owners + 1 : owners;
}
