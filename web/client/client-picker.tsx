import { Select, type SelectProps } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsQuery } from '../data/clients.ts';
import { useTyped } from '../table/use-typed.ts';
import { texts } from '../texts/texts.ts';

interface ClientPickerProps extends Pick<SelectProps, 'label' | 'aria-label' | 'size' | 'disabled' | 'className'> {
  agencyId: string;
  /** What stands for no client. */
  none: string;
  value: { id: string; name: string } | null;
  onChange: (client: { id: string; name: string } | null) => void;
}

const noClient = '';

/** One of the agency's clients, or none; found by typing, however many there are. */
export function ClientPicker({ agencyId, none, value, onChange, ...input }: ClientPickerProps) {
  const { asked, setText, isMeant } = useTyped(value?.name ?? none);
  const [opened, setOpened] = useState(false);
  const { data, isPlaceholderData } = useInfiniteQuery({
    ...clientsQuery(agencyId, { state: 'active', query: asked }),
    placeholderData: keepPreviousData,
    enabled: opened,
  });
  const found = data?.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, name }))) ?? [];
  const clients = found.filter(({ name }) => isMeant(name, !isPlaceholderData));
  // The one that is chosen has a name to show, wherever in the list it stands.
  if (value && isMeant(value.name) && !clients.some(({ id }) => id === value.id)) clients.unshift(value);
  return (
    <Select
      searchable
      allowDeselect={false}
      data={[...(isMeant(none) ? [{ value: noClient, label: none }] : []), ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value?.id ?? noClient}
      onChange={(chosen) => onChange(clients.find(({ id }) => id === chosen) ?? null)}
      onSearchChange={setText}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options }) => options}
      nothingFoundMessage={texts.projects.noSuchClient}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...input}
    />
  );
}
