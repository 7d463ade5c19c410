import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sayRefused } from '../undo/offer-undo.tsx';
import { ActionButton } from './action-button.tsx';
import { ConfirmByName } from './confirm-by-name.tsx';

interface ConfirmedActionProps {
  /** What the button says, here and in the dialog. */
  action: string;
  'aria-label'?: string;
  whyNot?: string | undefined;
  /** What will happen, and that it stays so. */
  explained: string;
  /** What is to be typed. */
  name: string;
  act: () => Promise<unknown>;
}

/** A button for what cannot be undone: it asks for the name, then does it. A refusal is said. */
export function ConfirmedAction({ action, 'aria-label': label = action, whyNot, explained, name, act }: ConfirmedActionProps) {
  const [asking, setAsking] = useState(false);
  const acting = useMutation({ mutationFn: act, onError: sayRefused, onSettled: () => setAsking(false) });
  return (
    <>
      <ActionButton size="xs" variant="default" aria-label={label} whyNot={whyNot} onClick={() => setAsking(true)}>
        {action}
      </ActionButton>
      {asking && (
        <ConfirmByName
          action={action}
          explained={explained}
          name={name}
          busy={acting.isPending}
          onConfirm={() => acting.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
