import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { MouseEventHandler, ReactNode } from 'react';

interface ActionButtonProps extends ButtonProps {
  /** Why it cannot be pressed now, and what would change that; it stays in reach of the keyboard and says so. */
  whyNot?: string | undefined;
  type?: 'button' | 'submit';
  onClick?: MouseEventHandler;
  children: ReactNode;
  'aria-label'?: string;
}

/** A button that, when it is off, says why. */
export function ActionButton({ whyNot, onClick, type = 'button', ...props }: ActionButtonProps) {
  if (!whyNot) return <Button type={type} onClick={onClick} {...props} />;
  return (
    <Tooltip label={whyNot} multiline maw={280} withArrow events={{ hover: true, focus: true, touch: true }}>
      <Button type="button" data-disabled aria-disabled="true" aria-description={whyNot} {...props} />
    </Tooltip>
  );
}
