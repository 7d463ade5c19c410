import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { isTyped } from '../../domain/typed-name.ts';
import { texts } from '../texts/texts.ts';
import { Dialog } from './dialog.tsx';

export interface NameDialogProps {
  /** What the button that does it says. */
  action: string;
  /** What will happen, and that it stays so. */
  explained: ReactNode;
  /** Not before what will happen is known. */
  ready?: boolean;
  /** It is being done. */
  busy?: boolean;
  /** What is to be typed; undefined for what can be taken back. */
  name: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what will happen before it does. What cannot be undone is done once its name was typed. */
export function NameDialog({ action, explained, ready = true, busy = false, name, onConfirm, onClose }: NameDialogProps) {
  const [typed, setTyped] = useState('');
  const sure = ready && (name === undefined || isTyped(typed, name));
  const submit = (
    <Button type="submit" {...(name !== undefined && { color: 'red' })} disabled={!sure} loading={busy}>
      {action}
    </Button>
  );
  return (
    <Dialog title={action} leave={texts.client.keep} submit={submit} onSubmit={() => sure && onConfirm()} onClose={onClose}>
      <div>{explained}</div>
      {name !== undefined && (
        <TextInput
          label={texts.client.typeToConfirm(name)}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
      )}
    </Dialog>
  );
}
