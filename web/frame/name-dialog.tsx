import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../texts/texts.ts';
import classes from './confirm-by-name.module.css';

export interface NameDialogProps {
  /** What the button that does it says. */
  action: string;
  /** What will happen, and that it stays so. */
  explained: string;
  /** What is to be typed. */
  name: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** For what cannot be undone: it is done once its name was typed. */
export function NameDialog({ action, explained, name, onConfirm, onClose }: NameDialogProps) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name;
  return (
    <Modal opened onClose={onClose} title={action} closeButtonProps={{ 'aria-label': texts.client.keep }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) onConfirm();
        }}
      >
        <p className={classes.explained}>{explained}</p>
        <TextInput
          label={texts.client.typeToConfirm(name)}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {texts.client.keep}
          </Button>
          <Button type="submit" color="red" disabled={!matches}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
