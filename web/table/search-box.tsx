import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from '../frame/icons.tsx';

interface SearchBoxProps {
  label: string;
  /** What is searched for, as the address has it. */
  value: string | undefined;
  onSearch: (text: string | undefined) => void;
}

const typingMs = 200;

/** Searches while one types, a moment behind. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value ?? '');
  const search = useDebouncedCallback((typed: string) => onSearch(typed.trim() || undefined), typingMs);
  return (
    <TextInput
      type="search"
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={14} />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
    />
  );
}
