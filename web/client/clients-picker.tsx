import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { clientQuery, clientsQuery } from '../data/clients.ts';
import { useTyped } from '../table/use-typed.ts';
import { texts } from '../texts/texts.ts';

interface ClientsPickerProps extends Pick<MultiSelectProps, 'label' | 'error'> {
  agencyId: string;
  /** Their ids. */
  value: string[];
  onChange: (clientIds: string[]) => void;
}

/** Some of the agency's clients; found by typing, however many there are. */
export function ClientsPicker({ agencyId, value, onChange, ...input }: ClientsPickerProps) {
  const { asked, setText, isMeant } = useTyped('');
  const { data, isPlaceholderData } = useInfiniteQuery({ ...clientsQuery(agencyId, { state: 'active', query: asked }), placeholderData: keepPreviousData });
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  // What is chosen stays named, whatever is typed now.
  const chosen = useQueries({ queries: value.map((id) => clientQuery(agencyId, id)) });
  const names = new Map(chosen.flatMap(({ data: client }) => (client ? [[client.id, client.name]] : [])));
  const offered = found.filter(({ id, name }) => !value.includes(id) && isMeant(name, !isPlaceholderData));
  const options = [...value.map((id) => ({ value: id, label: names.get(id) ?? '…' })), ...offered.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <MultiSelect
      searchable
      clearable
      hidePickedOptions
      // It stays open for the next one, and must not lie over what comes after.
      comboboxProps={{ position: 'top-start' }}
      data={options}
      value={value}
      onChange={onChange}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={texts.projects.noSuchClient}
      {...input}
    />
  );
}
