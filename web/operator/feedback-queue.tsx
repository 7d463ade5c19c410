import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FeedbackState } from '../../domain/docs-feedback.ts';
import type { DocsFeedback, DocsFeedbackQueue, Review } from '../data/docs-feedback.ts';
import { usePages } from '../data/pages.ts';
import { ActionButton } from '../frame/action-button.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Panel } from '../frame/panel.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { texts } from '../texts/texts.ts';
import { offerUndo, sayRefused } from '../undo/offer-undo.tsx';
import { FeedbackItem } from './feedback-item.tsx';
import classes from './feedback-queue.module.css';

const t = texts.feedback;
const states = ['open', 'done', 'dismissed'] as const satisfies FeedbackState[];

/** What readers said, newest first, and what becomes of it. */
export function FeedbackQueue({ queue }: { queue: DocsFeedbackQueue }) {
  const queries = useQueryClient();
  const [state, setState] = useState<FeedbackState>('open');
  const list = useInfiniteQuery(queue.query(state));
  const { items, more } = usePages(list);
  const review = async (id: string, change: Review) => {
    await queue.review(id, change);
    await queries.invalidateQueries({ queryKey: queue.key });
  };
  const answer = useMutation({
    mutationFn: ({ of, change }: { of: DocsFeedback; change: Review }) => review(of.id, change),
    onError: sayRefused,
    onSuccess: (_, { of, change }) => offerUndo(t.reviewed[change.state], () => review(of.id, { state: of.state, note: of.note })),
  });
  const heading = useRef<HTMLElement>(null);
  // Whoever came in by the key goes on at the queue, by keyboard too.
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <main className={classes.page} ref={heading} tabIndex={-1}>
      <PageTitle title={t.title} />
      <Panel
        title={t.states[state]}
        tools={<Choice label={t.show} options={states} words={t.states} value={state} onChoose={(chosen) => setState(chosen ?? 'open')} />}
        flush
      >
        <ListBody count={items?.length} error={list.error} onRetry={() => void list.refetch()} none={t.none}>
          <ul className={classes.items}>
            {items?.map((item) => (
              <FeedbackItem key={`${item.id} ${item.state}`} feedback={item} onReview={(change) => answer.mutate({ of: item, change })} />
            ))}
          </ul>
        </ListBody>
        {list.hasNextPage && (
          <div className={classes.more}>
            <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={more}>
              {t.more}
            </ActionButton>
          </div>
        )}
      </Panel>
    </main>
  );
}
