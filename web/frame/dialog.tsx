import { Button, Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
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
  useWayBack();
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

/** Until what opened a dialog can be pressed again, where it was off for as long as it was busy. */
const settlingMs = 50;

/**
 * Whoever closes a dialog goes on where they were, by keyboard and by ear too: the library leads back from one that is closed, and this one is gone
 * when it is. Where that place is gone as well, they go on in the page.
 */
function useWayBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        for (const place of [before, document.getElementById('content')]) {
          if (document.activeElement === document.body && place instanceof HTMLElement) place.focus({ preventScroll: true });
        }
      }, settlingMs);
    },
    [before],
  );
}
