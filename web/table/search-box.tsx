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

/** Searches while one types, a moment behind; what it shows else is what the address has, by whichever way one came there. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState<string>();
  const search = useDebouncedCallback((text: string) => onSearch(text.trim() || undefined), typingMs);
  const leave = () => {
    search.flush();
    setTyped(undefined);
  };
  return (
    <TextInput
      type="search"
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={14} />}
      value={typed ?? value ?? ''}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        search(currentTarget.value);
      }}
      onBlur={leave}
    />
  );
}
