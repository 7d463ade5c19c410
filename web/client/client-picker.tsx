import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsQuery } from '../data/clients.ts';
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
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState(false);
  const [query] = useDebouncedValue(search, 200);
  const typed = query === (value?.name ?? none) ? '' : query;
  const { data } = useInfiniteQuery({ ...clientsQuery(agencyId, { state: 'active', query: typed }), placeholderData: keepPreviousData, enabled: opened });
  const found = data?.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, name }))) ?? [];
  const clients = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  return (
    <Select
      searchable
      allowDeselect={false}
      data={[{ value: noClient, label: none }, ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value?.id ?? noClient}
      onChange={(chosen) => onChange(clients.find(({ id }) => id === chosen) ?? null)}
      onSearchChange={setSearch}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options }) => options}
      nothingFoundMessage={texts.projects.noSuchClient}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...input}
    />
  );
}
