import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { verifyEmail } from '../data/identity.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { takeAfterwards } from './afterwards.ts';
import { SignedOutFrame } from './signed-out-frame.tsx';

const t = texts.verify;
const route = getRouteApi('/verify');

/** Where the mail of a sign-up leads: the address is confirmed, and its owner signed in. */
export function VerifyPage() {
  const { token = '' } = route.useSearch();
  const router = useRouter();
  // Once for a token, however often the page is drawn.
  const { isSuccess, error } = useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      await verifyEmail(token);
      return true;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  useEffect(() => {
    if (isSuccess) router.history.replace(takeAfterwards());
  }, [isSuccess, router]);
  return (
    <SignedOutFrame title={t.title} foot={error && <Link to="/sign-in">{texts.signUp.signIn}</Link>}>
      {error ? <RefusalNote error={error} /> : <Loader size="sm" aria-label={t.title} />}
    </SignedOutFrame>
  );
}
