import { createContext, use } from 'react';
import { type Permission, roleMay } from '../../domain/permission.ts';
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
  const { role } = useAccount();
  return (permission) => (roleMay(role, permission) ? undefined : texts.whyNot.role(role));
}
