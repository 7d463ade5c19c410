import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sendVerification } from '../data/identity.ts';
import { Refused } from '../data/problem.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';

/** Was somebody refused because their address is not confirmed yet? */
export function isUnconfirmed(error: Error): boolean {
  return error instanceof Refused && error.problem.reason === 'EMAIL_NOT_VERIFIED';
}

/** The mail that confirms an address, once more: the first one may be lost, and its link ends after an hour. */
export function SendVerification({ email }: { email: string }) {
  const send = useMutation({ mutationFn: () => sendVerification(email) });
  if (send.isSuccess) return <p role="status">{texts.signUp.sentDetail}</p>;
  return (
    <>
      {send.error && <RefusalNote error={send.error} />}
      <Button variant="default" fullWidth loading={send.isPending} onClick={() => send.mutate()}>
        {texts.signUp.sendAgain}
      </Button>
    </>
  );
}
