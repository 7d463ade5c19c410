import { NativeSelect } from '@mantine/core';

interface ChoiceProps<Value extends string> {
  label: string;
  /** What stands for no choice, where there may be none. */
  any?: string;
  options: readonly Value[];
  words: Record<Value, string>;
  value: Value | undefined;
  onChoose: (value: Value | undefined) => void;
}

/** One of a few, or all of them: a filter of a list. */
export function Choice<Value extends string>({ label, any, options, words, value, onChoose }: ChoiceProps<Value>) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={[...(any === undefined ? [] : [{ value: '', label: any }]), ...options.map((option) => ({ value: option as string, label: words[option] }))]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChoose(options.find((option) => option === currentTarget.value))}
    />
  );
}
