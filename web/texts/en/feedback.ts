import type { FeedbackState } from '../../../domain/docs-feedback.ts';

/** What readers say of the documentation. */
export const feedbackTexts = {
  feedback: {
    title: 'What readers say of the documentation',
    key: 'Operator key',
    keyExplained: 'The key of the platform operator. This page alone has it, for as long as it is open; it is stored nowhere.',
    open: 'Open the queue',
    show: 'Show',
    states: { open: 'Open', done: 'Done', dismissed: 'Dismissed' } satisfies Record<FeedbackState, string>,
    none: { title: 'Nothing here', detail: 'What readers say at the foot of a page stands here, newest first.' },
    more: 'Show more',
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
    noComment: 'No comment',
    note: 'What became of it',
    noteOf: (page: string) => `What became of what was said of ${page}`,
    done: 'Done',
    dismiss: 'Dismiss',
    reopen: 'Open again',
    reviewed: { open: 'It is open again.', done: 'It is done.', dismissed: 'It is dismissed.' } satisfies Record<FeedbackState, string>,
  },
};
