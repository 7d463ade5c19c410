import { Tooltip, UnstyledButton } from '@mantine/core';
import type { Tone } from '../theme/tone.ts';
import { Mark } from './mark.tsx';
import classes from './status.module.css';

interface StatusProps {
  tone: Tone;
  children: string;
  /** Why it is so; shown on hover and to whoever comes by keyboard. */
  reason?: string | null | undefined;
}

/** A short word with a shape and a colour. */
export function Status({ tone, children, reason }: StatusProps) {
  const word = (
    <>
      <Mark tone={tone} />
      <span>{children}</span>
    </>
  );
  if (!reason) {
    return (
      <span className={classes.status} data-tone={tone}>
        {word}
      </span>
    );
  }
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }} withArrow>
      <UnstyledButton className={classes.status} data-tone={tone} data-reason aria-label={`${children}: ${reason}`}>
        {word}
      </UnstyledButton>
    </Tooltip>
  );
}
