import { Menu, UnstyledButton } from '@mantine/core';
import type { Account } from '../data/me.ts';
import { texts } from '../texts/texts.ts';
import { useAccount } from './account.tsx';
import classes from './account-switcher.module.css';
import { Icon } from './icons.tsx';

/** Which account the page is about; a menu for whoever belongs to several. */
export function AccountSwitcher({ accounts }: { accounts: Account[] }) {
  const current = useAccount();
  const name = (
    <>
      <span className={classes.tile} aria-hidden="true">
        {current.name.slice(0, 1)}
      </span>
      <span className={classes.name}>{current.name}</span>
    </>
  );
  if (accounts.length < 2) return <div className={classes.switcher}>{name}</div>;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.switcher} aria-label={`${texts.frame.account}: ${current.name}`}>
          {name}
          <Icon name="chevrons" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {accounts.map(({ id, name }) => (
          <Menu.Item key={id} rightSection={id === current.id && <Icon name="check" />}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
