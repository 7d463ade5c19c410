import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Me } from '../data/me.ts';
import { texts } from '../texts/texts.ts';
import { Icon } from './icons.tsx';
import { useSignOut } from './use-sign-out.ts';

const schemes = ['light', 'dark', 'auto'] as const;

/** Who you are, how it looks, and the way out. */
export function PersonMenu({ me }: { me: Me }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" radius="xl" aria-label={`${texts.frame.you}: ${me.name}`}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}</Menu.Label>
        <Menu.Item component={Link} to="/settings/sessions">
          {texts.settings.sessions}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{texts.frame.theme}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme && <Icon name="check" />}
          >
            {texts.frame.themes[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{texts.frame.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
