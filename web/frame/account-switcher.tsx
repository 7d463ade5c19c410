import { Menu, UnstyledButton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type Account, meQuery, switchAccount } from '../data/me.ts';
import { queries } from '../data/queries.ts';
import { texts } from '../texts/texts.ts';
import { sayRefused } from '../undo/offer-undo.tsx';
import { useAccount } from './account.tsx';
import classes from './account-switcher.module.css';
import { Icon } from './icons.tsx';

/** Which account the page is about, and the way to the others. */
export function AccountSwitcher({ accounts }: { accounts: Account[] }) {
  const current = useAccount();
  const navigate = useNavigate();
  const switchTo = async (id: string) => {
    try {
      await switchAccount(id);
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: '/agency' });
    } catch (error) {
      sayRefused(error);
    }
  };
  const name = (
    <>
      <span className={classes.tile} data-initial={current.name.slice(0, 1)} />
      <span className={classes.name}>{current.name}</span>
    </>
  );
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
          <Menu.Item key={id} onClick={() => void switchTo(id)} rightSection={id === current.id && <Icon name="check" />}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/accounts/new">
          {texts.frame.openAnother}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
