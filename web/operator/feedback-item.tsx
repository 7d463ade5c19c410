import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Status } from '../badge/status.tsx';
import type { DocsFeedback, Review } from '../data/docs-feedback.ts';
import { ActionButton } from '../frame/action-button.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import classes from './feedback-queue.module.css';

const t = texts.feedback;

/** One reader's word about a page, and what whoever writes the documentation says to it. */
export function FeedbackItem({
  feedback: { page, helpful, comment, createdAt, state, note },
  onReview,
}: {
  feedback: DocsFeedback;
  onReview: (review: Review) => void;
}) {
  const [said, setSaid] = useState(note ?? '');
  const review = (next: Review['state']) => onReview({ state: next, note: said });
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <a href={page}>{page}</a>
        <Status tone={helpful ? 'fine' : 'needs'}>{helpful ? t.helpful : t.notHelpful}</Status>
        <span className={classes.quiet}>
          <Since at={createdAt} />
        </span>
      </div>
      <p className={comment ? classes.comment : classes.quiet}>{comment ?? t.noComment}</p>
      <div className={classes.answer}>
        <TextInput
          className={classes.note}
          size="xs"
          aria-label={t.noteOf(page)}
          placeholder={t.note}
          value={said}
          onChange={({ currentTarget }) => setSaid(currentTarget.value)}
        />
        {state === 'open' ? (
          <>
            <ActionButton size="xs" onClick={() => review('done')}>
              {t.done}
            </ActionButton>
            <ActionButton size="xs" variant="default" onClick={() => review('dismissed')}>
              {t.dismiss}
            </ActionButton>
          </>
        ) : (
          <ActionButton size="xs" variant="default" onClick={() => review('open')}>
            {t.reopen}
          </ActionButton>
        )}
      </div>
    </li>
  );
}
