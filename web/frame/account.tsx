import { createContext, use } from 'react';
import type { Account } from '../data/me.ts';

const AccountContext = createContext<Account | undefined>(undefined);

/** The account that everything in the frame is about. */
export const AccountProvider = AccountContext.Provider;

export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error('there is an account only inside the frame');
  return account;
}
