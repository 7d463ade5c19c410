import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { texts } from '../texts/texts.ts';
import classes from './confirm-by-name.module.css';

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
  const sure = ready && (name === undefined || typed.trim() === name);
  return (
    <Modal.Root opened onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A header is the page's own unless it says that it is none. */}
        <Modal.Header role="presentation">
          <Modal.Title>{action}</Modal.Title>
          <Modal.CloseButton aria-label={texts.client.keep} />
        </Modal.Header>
        <Modal.Body>
          <form
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault();
              if (sure) onConfirm();
            }}
          >
            <div className={classes.explained}>{explained}</div>
            {name !== undefined && (
              <TextInput
                label={texts.client.typeToConfirm(name)}
                value={typed}
                onChange={({ currentTarget }) => setTyped(currentTarget.value)}
                data-autofocus
                autoComplete="off"
              />
            )}
            <div className={classes.buttons}>
              <Button variant="default" onClick={onClose}>
                {texts.client.keep}
              </Button>
              <Button type="submit" {...(name !== undefined && { color: 'red' })} disabled={!sure} loading={busy}>
                {action}
              </Button>
            </div>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
