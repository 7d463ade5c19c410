import { PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { requestReset, resetPassword } from '../data/identity.ts';
import { texts } from '../texts/texts.ts';
import { SignedOutForm } from './signed-out-form.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';

const t = texts.reset;
const route = getRouteApi('/reset');

/** Asks for a mail; and, where its link leads, for a new password. */
export function ResetPage() {
  const { token } = route.useSearch();
  return token ? <NewPassword token={token} /> : <AskForMail />;
}

function AskForMail() {
  const [sent, setSent] = useState(false);
  return (
    <SignedOutFrame title={sent ? t.sent : t.title} foot={<Link to="/sign-in">{texts.signUp.signIn}</Link>}>
      {sent ? (
        <p>{t.sentDetail}</p>
      ) : (
        <SignedOutForm initial={{ email: '' }} submit={t.submit} onSubmit={({ email }) => requestReset(email)} onDone={() => setSent(true)}>
          {(field) => <TextInput label={texts.signIn.email} type="email" autoComplete="username" {...field('email')} />}
        </SignedOutForm>
      )}
    </SignedOutFrame>
  );
}

function NewPassword({ token }: { token: string }) {
  const navigate = useNavigate();
  return (
    <SignedOutFrame title={t.newTitle}>
      <SignedOutForm
        initial={{ newPassword: '' }}
        submit={t.save}
        onSubmit={({ newPassword }) => resetPassword({ token, newPassword })}
        onDone={() => void navigate({ to: '/sign-in' })}
      >
        {(field) => <PasswordInput label={t.newPassword} description={texts.signUp.passwordRule} autoComplete="new-password" {...field('newPassword')} />}
      </SignedOutForm>
    </SignedOutFrame>
  );
}
