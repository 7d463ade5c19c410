import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery, openAccount, switchAccount } from '../data/me.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { queries } from '../data/queries.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import classes from '../sign-in/signed-out-form.module.css';
import { SignedOutFrame } from '../sign-in/signed-out-frame.tsx';
import { texts } from '../texts/texts.ts';
import { useSignOut } from './use-sign-out.ts';

const t = texts.openAccount;

/** Somebody who is signed in and belongs to no account yet: they open one, or wait for an invitation. */
export function NoAccount() {
  const signOut = useSignOut();
  const foot = (
    <Button size="compact-sm" variant="subtle" onClick={() => void signOut()}>
      {texts.frame.signOut}
    </Button>
  );
  return <OpenAccount detail={t.first} foot={foot} />;
}

/** `/accounts/new`: one more account for somebody who has one. */
export function OpenAccountPage() {
  const navigate = useNavigate();
  return <OpenAccount detail={t.another} foot={<Link to="/agency">{t.back}</Link>} onOpened={() => void navigate({ to: '/agency' })} />;
}

interface OpenAccountProps {
  detail: string;
  foot: ReactNode;
  onOpened?: () => void;
}

/** Opens an account and looks at it. */
function OpenAccount({ detail, foot, onOpened }: OpenAccountProps) {
  const form = useForm({ initialValues: { kind: 'agency' as 'agency' | 'direct', name: '' } });
  const key = useIdempotencyKey();
  const open = useMutation({
    mutationFn: async (account: typeof form.values) => {
      const { id } = await openAccount(account, key.of(account));
      await switchAccount(id);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
      onOpened?.();
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
  });
  return (
    <SignedOutFrame title={t.title} foot={foot}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => open.mutate(values))} noValidate>
        <p>{detail}</p>
        <SegmentedControl aria-label={t.kind} data={[...t.kinds]} {...form.getInputProps('kind')} />
        <p>{t.kindExplained[form.values.kind]}</p>
        <TextInput label={t.name} autoComplete="organization" {...form.getInputProps('name')} />
        {open.error && Object.keys(form.errors).length === 0 && <RefusalNote error={open.error} />}
        <Button type="submit" loading={open.isPending}>
          {t.open}
        </Button>
      </form>
    </SignedOutFrame>
  );
}
