import { PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type DocsFeedbackQueue, docsFeedbackQueue } from '../data/docs-feedback.ts';
import { SignedOutForm } from '../sign-in/signed-out-form.tsx';
import { SignedOutFrame } from '../sign-in/signed-out-frame.tsx';
import { texts } from '../texts/texts.ts';
import { FeedbackQueue } from './feedback-queue.tsx';

const t = texts.feedback;

/** `/operator/feedback`: what readers say of the documentation. The operator's key opens it; only this page has it, and only for as long as it is open. */
export function FeedbackPage() {
  const queries = useQueryClient();
  const [queue, setQueue] = useState<DocsFeedbackQueue>();
  if (queue) return <FeedbackQueue queue={queue} />;
  const enter = async ({ key }: { key: string }) => {
    const opened = docsFeedbackQueue(key);
    await queries.fetchInfiniteQuery(opened.query('open'));
    setQueue(opened);
  };
  return (
    <SignedOutFrame title={t.title}>
      <SignedOutForm initial={{ key: '' }} submit={t.open} onSubmit={enter} onDone={() => undefined}>
        {(field) => <PasswordInput label={t.key} description={t.keyExplained} autoComplete="off" {...field('key')} />}
      </SignedOutForm>
    </SignedOutFrame>
  );
}
