import { Button, Divider } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { singleSignOn, startSingleSignOn } from '../data/identity.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { keepAfterwards } from './afterwards.ts';
import classes from './single-sign-on.module.css';

const t = texts.signIn;

/** The other way in, where this installation has one. */
export function SingleSignOn({ to }: { to: string | undefined }) {
  const start = useMutation({
    mutationFn: () => {
      keepAfterwards(to);
      return startSingleSignOn();
    },
  });
  if (!singleSignOn) return null;
  return (
    <div className={classes.other}>
      <Divider label={t.or} />
      {start.error && <RefusalNote error={start.error} />}
      <Button variant="default" fullWidth loading={start.isPending || start.isSuccess} onClick={() => start.mutate()}>
        {t.singleSignOn}
      </Button>
    </div>
  );
}
