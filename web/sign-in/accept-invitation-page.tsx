import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { acceptInvitation, meQuery, switchAccount } from '../data/me.ts';
import { isRefusedWith } from '../data/problem.ts';
import { queries } from '../data/queries.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import classes from './signed-out-form.module.css';
import { SignedOutFrame } from './signed-out-frame.tsx';

const t = texts.invitation;
const route = getRouteApi('/invitations/accept');

/** Where an invitation leads. Whoever is not signed in does that first, with the invited address, and comes back. */
export function AcceptInvitationPage() {
  const { token = '' } = route.useSearch();
  const navigate = useNavigate();
  const me = useQuery({ ...meQuery, retry: false });
  const accept = useMutation({
    mutationFn: async () => {
      const { id } = await acceptInvitation(token);
      await switchAccount(id);
    },
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/agency' });
    },
  });
  const back = `/invitations/accept?token=${encodeURIComponent(token)}`;
  return (
    <SignedOutFrame title={t.title}>
      {me.data && (
        <div className={classes.form}>
          <p>{t.signedInAs(me.data.email)}</p>
          {accept.error && <RefusalNote error={accept.error} />}
          <Button loading={accept.isPending} onClick={() => accept.mutate()}>
            {t.accept}
          </Button>
        </div>
      )}
      {me.error && !isRefusedWith(me.error, 401) && <RefusalNote error={me.error} onRetry={() => void me.refetch()} />}
      {isRefusedWith(me.error, 401) && (
        <div className={classes.form}>
          <p>{t.first}</p>
          <Link to="/sign-in" search={{ to: back }}>
            {texts.signIn.submit}
          </Link>
          <Link to="/sign-up" search={{ to: back }}>
            {texts.signUp.submit}
          </Link>
        </div>
      )}
    </SignedOutFrame>
  );
}
