import { PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { signUp } from '../data/identity.ts';
import { texts } from '../texts/texts.ts';
import { keepAfterwards } from './afterwards.ts';
import { SignedOutForm } from './signed-out-form.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';

const t = texts.signUp;
const route = getRouteApi('/sign-up');

/** Name, e-mail and password; the address is confirmed by a mail. */
export function SignUpPage() {
  const { to } = route.useSearch();
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <SignedOutFrame title={t.sent}>
        <p>{t.sentDetail}</p>
      </SignedOutFrame>
    );
  }
  return (
    <SignedOutFrame
      title={t.title}
      foot={
        <Link to="/sign-in" search={{ to }}>
          {t.signIn}
        </Link>
      }
    >
      <SignedOutForm
        initial={{ name: '', email: '', password: '' }}
        submit={t.submit}
        onSubmit={(person) => {
          keepAfterwards(to);
          return signUp(person);
        }}
        onDone={() => setSent(true)}
      >
        {(field) => (
          <>
            <TextInput label={t.name} autoComplete="name" {...field('name')} />
            <TextInput label={texts.signIn.email} type="email" autoComplete="username" {...field('email')} />
            <PasswordInput label={texts.signIn.password} description={t.passwordRule} autoComplete="new-password" {...field('password')} />
          </>
        )}
      </SignedOutForm>
    </SignedOutFrame>
  );
}
