import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { projectsQuery } from '../data/projects.ts';
import { texts } from '../texts/texts.ts';

interface ProjectPickerProps {
  agencyId: string;
  label: string;
  value?: string | null;
  onChange: (projectId: string | null) => void;
  error?: string | undefined;
}

const noProjectYet = '';

/** One of the projects that nobody has yet, or none. */
export function ProjectPicker({ agencyId, label, value, onChange, error }: ProjectPickerProps) {
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search, 200);
  const typed = query === texts.createClient.noProjectYet ? '' : query;
  const { data } = useInfiniteQuery({ ...projectsQuery(agencyId, { assigned: false, query: typed }), placeholderData: keepPreviousData });
  const projects = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      error={error}
      data={[
        { value: noProjectYet, label: texts.createClient.noProjectYet },
        ...projects.map(({ id, name, domain }) => ({ value: id, label: `${name} (${domain})` })),
      ]}
      value={value ?? noProjectYet}
      onChange={(chosen) => onChange(chosen || null)}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={texts.createClient.noUnassigned}
    />
  );
}
