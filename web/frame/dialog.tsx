import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

interface DialogProps {
  title: string;
  /** What the way out says. */
  leave: string;
  /** The button that does it. */
  submit: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Over the page: what is to be known or filled in, the way out, and the button that does it. */
export function Dialog({ title, leave, submit, onSubmit, onClose, children }: DialogProps) {
  return (
    <Modal.Root opened onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A header is the page's own unless it says that it is none. */}
        <Modal.Header role="presentation">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={leave} />
        </Modal.Header>
        <Modal.Body>
          <form
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {children}
            <div className={classes.buttons}>
              <Button variant="default" onClick={onClose}>
                {leave}
              </Button>
              {submit}
            </div>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
