import { createContext, use } from 'react';
import { memberMay, type Permission, roleMay } from '../../domain/permission.ts';
import type { Account } from '../data/me.ts';
import { texts } from '../texts/texts.ts';

const AccountContext = createContext<Account | undefined>(undefined);

/** The account that everything in the frame is about. */
export const AccountProvider = AccountContext.Provider;

export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error('there is an account only inside the frame');
  return account;
}

/** Why the person may not do it in this account, in words for a control that is off; undefined where they may. */
export function useWhyNot(): (permission: Permission) => string | undefined {
  const { role, restricted } = useAccount();
  // Which clients a restricted member sees makes no difference to what they may do.
  const member = { role, clientIds: restricted ? [] : null };
  return (permission) => {
    if (memberMay(member, permission)) return undefined;
    if (roleMay(role, permission)) return texts.whyNot.restricted;
    return roleMay('admin', permission) ? texts.whyNot.role(role) : texts.whyNot.ownersAlone(role);
  };
}
