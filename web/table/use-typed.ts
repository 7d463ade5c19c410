import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

const typingMs = 200;

/** What is typed into a selector that shows `shown` while nobody types, and what is asked of the server for it, a moment behind. */
export function useTyped(shown: string) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, typingMs);
  const typed = text === shown ? '' : text.trim();
  const asked = settled === shown ? '' : settled.trim();
  return {
    asked,
    setText,
    isTyping: typed !== '',
    /** May it be meant? What the server found is, as soon as it was asked for what stands there now. */
    isMeant: (label: string, foundForAsked = false) => (foundForAsked && typed === asked) || label.toLowerCase().includes(typed.toLowerCase()),
  };
}
