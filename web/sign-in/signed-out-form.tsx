import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fieldErrorsOf } from '../data/problem.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import classes from './signed-out-form.module.css';

interface SignedOutFormProps<Values extends Record<string, string>> {
  initial: Values;
  submit: string;
  onSubmit: (values: Values) => Promise<unknown>;
  onDone: () => void;
  /** What helps whoever was refused so. */
  help?: (error: Error, values: Values) => ReactNode;
  /** The fields; what each is given is its value, how it changes and what was refused of it. */
  children: (field: (name: keyof Values & string) => object) => ReactNode;
}

/** A short form with one button; what is refused stands at its field, or above the button, and what was typed stays. */
export function SignedOutForm<Values extends Record<string, string>>({ initial, submit, onSubmit, onDone, help, children }: SignedOutFormProps<Values>) {
  const form = useForm<Values>({ initialValues: initial });
  const sending = useMutation({
    mutationFn: onSubmit,
    onSuccess: onDone,
    onError: (error) => form.setErrors(fieldErrorsOf(error, initial)),
  });
  const told = Object.keys(form.errors).length > 0;
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => sending.mutate(values as Values))} noValidate>
      {children((name) => form.getInputProps(name))}
      {sending.error && !told && <RefusalNote error={sending.error} />}
      {sending.error && help?.(sending.error, sending.variables)}
      <Button type="submit" fullWidth loading={sending.isPending}>
        {submit}
      </Button>
    </form>
  );
}
