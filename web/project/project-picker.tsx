import { Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { projectsQuery } from '../data/projects.ts';
import { useTyped } from '../table/use-typed.ts';
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
  const none = texts.createClient.noProjectYet;
  const { asked, setText, isMeant } = useTyped(none);
  const { data, isPlaceholderData } = useInfiniteQuery({ ...projectsQuery(agencyId, { assigned: false, query: asked }), placeholderData: keepPreviousData });
  const found = data?.pages.flatMap(({ items }) => items.map(({ id, name, domain }) => ({ value: id, label: `${name} (${domain})` }))) ?? [];
  const projects = found.filter(({ label: name }) => isMeant(name, !isPlaceholderData));
  const options = [...(isMeant(none) || !value ? [{ value: noProjectYet, label: none }] : []), ...projects];
  return (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      error={error}
      data={options}
      value={value ?? noProjectYet}
      onChange={(chosen) => onChange(chosen || null)}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={texts.createClient.noUnassigned}
    />
  );
}
