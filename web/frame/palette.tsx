import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { clientsQuery } from '../data/clients.ts';
import { projectsQuery } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';
import { useAccount } from './account.tsx';
import { placesOf } from './places.ts';

const t = texts.palette;
const shownOfEach = 5;

/** Goes to a page, a client or a project by a few letters of its name, and does what the menus do. Opens each time it is wanted. */
export function Palette({ timesWanted }: { timesWanted: number }) {
  const [query, setQuery] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens each time it is wanted, and then only
  useEffect(() => {
    spotlight.open();
  }, [timesWanted]);
  return (
    <Spotlight
      actions={useActions(query)}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      nothingFound={t.nothing}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: t.placeholder, 'aria-label': t.placeholder, onKeyDown: ({ key }) => key === 'Enter' && takeFirst() }}
    />
  );
}

/** What was found after the last letter is not marked as chosen by the library; Enter then means the first. */
function takeFirst(): void {
  if (document.querySelector('[data-action][data-selected]')) return;
  document.querySelector<HTMLElement>('[data-action]')?.click();
}

function useActions(query: string): SpotlightActionGroupData[] {
  const { id, kind } = useAccount();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const [asked] = useDebouncedValue(query.trim(), 150);
  const enabled = asked !== '' && kind === 'agency';
  const clients = useInfiniteQuery({ ...clientsQuery(id, { query: asked }), enabled, placeholderData: keepPreviousData });
  const projects = useInfiniteQuery({ ...projectsQuery(id, { query: asked }), enabled, placeholderData: keepPreviousData });
  const found = <Item,>(list: { data?: { pages: { items: Item[] }[] } | undefined }) =>
    enabled ? (list.data?.pages[0]?.items ?? []).slice(0, shownOfEach) : [];
  const clientActions = found(clients).map(
    (client): SpotlightActionData => ({
      id: client.id,
      label: client.name,
      // What was found by its reference or contact stays found.
      keywords: [query],
      onClick: () => void navigate({ to: '/clients/$clientId', params: { clientId: client.id } }),
    }),
  );
  const projectActions = found(projects).map(
    (project): SpotlightActionData => ({
      id: project.id,
      label: project.name,
      description: project.domain,
      keywords: [query],
      onClick: () => void navigate({ to: '/projects/$projectId', params: { projectId: project.id } }),
    }),
  );
  const { main, settings } = placesOf(kind);
  // The settings begin with the page of the account, which is among them.
  const pages = [...main.filter(({ to }) => to !== '/settings'), ...settings];
  const themes = (['light', 'dark', 'auto'] as const).map(
    (scheme): SpotlightActionData => ({
      id: `theme-${scheme}`,
      label: `${texts.frame.theme}: ${texts.frame.themes[scheme]}`,
      onClick: () => setColorScheme(scheme),
    }),
  );
  return [
    { group: texts.navigation.clients, actions: clientActions },
    { group: texts.navigation.projects, actions: projectActions },
    { group: t.goTo, actions: pages.map(({ to, label }) => ({ id: to, label, onClick: () => void navigate({ to }) })) },
    { group: t.commands, actions: themes },
  ].filter(({ actions }) => actions.length > 0);
}
