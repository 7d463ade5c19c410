import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../data/queries.ts';
import { texts } from '../texts/texts.ts';
import { SignedOutFrame } from './signed-out-frame.tsx';

const route = getRouteApi('/sign-in');

/** E-mail and password, and back to where one wanted to go. */
export function SignInPage() {
  const { to = '/agency' } = route.useSearch();
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const [submitting, setSubmitting] = useState(false);

  const submit = async (credentials: { email: string; password: string }) => {
    setSubmitting(true);
    const response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    }).catch(() => undefined);
    setSubmitting(false);
    if (!response) return setRefusal(texts.problems.unreachable.title);
    if (!response.ok) return setRefusal(response.status === 429 ? texts.signIn.limited : texts.signIn.refused);
    queries.clear();
    router.history.push(to);
  };

  return (
    <SignedOutFrame title={texts.signIn.title}>
      <form onSubmit={form.onSubmit(submit)}>
        <TextInput label={texts.signIn.email} type="email" autoComplete="username" required mb="md" key={form.key('email')} {...form.getInputProps('email')} />
        <PasswordInput
          label={texts.signIn.password}
          autoComplete="current-password"
          required
          mb="lg"
          error={refusal}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth loading={submitting}>
          {texts.signIn.submit}
        </Button>
      </form>
    </SignedOutFrame>
  );
}
