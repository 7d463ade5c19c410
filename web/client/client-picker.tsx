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
  const { asked, setText, isTyping, isMeant } = useTyped(value?.name ?? none);
  const [wasOpened, setWasOpened] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const { data, isPlaceholderData } = useInfiniteQuery({
    ...clientsQuery(agencyId, { state: 'active', query: asked }),
    placeholderData: keepPreviousData,
    enabled: wasOpened,
  });
  const found = data?.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, name }))) ?? [];
  const clients = found.filter(({ name }) => isMeant(name, !isPlaceholderData));
  const options = [...(isMeant(none) ? [{ value: noClient, label: none }] : []), ...clients.map(({ id, name }) => ({ value: id, label: name }))];
  // What is chosen must be among them to be shown. Behind what is being typed it would be taken instead: the library counts places, and what was found comes late.
  const chosen = { value: value?.id ?? noClient, label: value?.name ?? none };
  if (!(isOpen && isTyping) && !options.some((option) => option.value === chosen.value)) options.push(chosen);
  return (
    <Select
      searchable
      allowDeselect={false}
      data={options}
      value={chosen.value}
      onChange={(picked) => onChange(picked === value?.id ? value : (clients.find(({ id }) => id === picked) ?? null))}
      onSearchChange={setText}
      onDropdownOpen={() => {
        setWasOpened(true);
        setIsOpen(true);
      }}
      onDropdownClose={() => setIsOpen(false)}
      filter={({ options }) => options}
      nothingFoundMessage={texts.projects.noSuchClient}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...input}
    />
  );
}
