import { Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { Icon } from './icons.tsx';
import classes from './palette-button.module.css';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** Search and commands: by a click, or by Ctrl K from anywhere. What they need is loaded when they are first wanted. */
export function PaletteButton() {
  const [timesWanted, setTimesWanted] = useState(0);
  const open = () => setTimesWanted((times) => times + 1);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <UnstyledButton className={classes.button} onClick={open} aria-keyshortcuts="Control+K">
        <Icon name="search" size={14} />
        <span className={classes.words}>{texts.palette.open}</span>
        <Kbd size="xs" className={classes.key} aria-hidden="true">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      {timesWanted > 0 && (
        <Suspense>
          <Palette timesWanted={timesWanted} />
        </Suspense>
      )}
    </>
  );
}
