import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { meQuery, openAccount } from '../data/me.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { queries } from '../data/queries.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { SignedOutFrame } from '../sign-in/signed-out-frame.tsx';
import { texts } from '../texts/texts.ts';
import classes from './confirm-by-name.module.css';

const t = texts.noAccount;

/** Somebody who is signed in and belongs to no account yet: they open one, or wait for an invitation. */
export function NoAccount() {
  const form = useForm({ initialValues: { kind: 'agency' as 'agency' | 'direct', name: '' } });
  const open = useMutation({
    mutationFn: openAccount,
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
  });
  return (
    <SignedOutFrame title={t.title}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => open.mutate(values))} noValidate>
        <p className={classes.explained}>{t.detail}</p>
        <SegmentedControl aria-label={t.kind} data={[...t.kinds]} {...form.getInputProps('kind')} />
        <TextInput label={t.name} autoComplete="organization" {...form.getInputProps('name')} />
        {open.error && Object.keys(form.errors).length === 0 && <RefusalNote error={open.error} />}
        <Button type="submit" loading={open.isPending}>
          {t.open}
        </Button>
      </form>
    </SignedOutFrame>
  );
}
