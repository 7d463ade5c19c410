import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { problemOf } from '../data/problem.ts';
import { texts } from '../texts/texts.ts';
import classes from './offer-undo.module.css';

const undoableForMs = 8_000;

/** Says what was done, and for eight seconds offers to take it back. */
export function offerUndo(done: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const takeBack = async () => {
    notifications.hide(id);
    try {
      await undo();
      sayDone(texts.undo.undone);
    } catch (error) {
      sayRefused(error);
    }
  };
  notifications.show({
    id,
    autoClose: undoableForMs,
    closeButtonProps: { 'aria-label': texts.undo.close },
    message: (
      <div className={classes.offer}>
        <span>{done}</span>
        <Button size="compact-sm" variant="light" onClick={() => void takeBack()}>
          {texts.undo.undo}
        </Button>
      </div>
    ),
  });
}

/** What was done and has no undo. */
export function sayDone(done: string): void {
  notifications.show({ message: done, autoClose: 4_000, closeButtonProps: { 'aria-label': texts.undo.close } });
}

/** A refusal of something that has no place of its own on the page. */
export function sayRefused(error: unknown): void {
  const { title, detail, nextAction } = problemOf(error);
  notifications.show({ color: 'red', autoClose: false, closeButtonProps: { 'aria-label': texts.undo.close }, title, message: `${detail} ${nextAction.label}` });
}
