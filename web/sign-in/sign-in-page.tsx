import { PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { signIn } from '../data/identity.ts';
import { queries } from '../data/queries.ts';
import { texts } from '../texts/texts.ts';
import { SignedOutForm } from './signed-out-form.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';

const t = texts.signIn;
const route = getRouteApi('/sign-in');

/** E-mail and password, and back to where one wanted to go. */
export function SignInPage() {
  const { to } = route.useSearch();
  const router = useRouter();
  const done = () => {
    queries.clear();
    router.history.push(to ?? '/agency');
  };
  return (
    <SignedOutFrame
      title={t.title}
      foot={
        <>
          <Link to="/sign-up" search={{ to }}>
            {t.signUp}
          </Link>
          <Link to="/reset">{t.forgotten}</Link>
        </>
      }
    >
      <SignedOutForm initial={{ email: '', password: '' }} submit={t.submit} onSubmit={signIn} onDone={done}>
        {(field) => (
          <>
            <TextInput label={t.email} type="email" autoComplete="username" {...field('email')} />
            <PasswordInput label={t.password} autoComplete="current-password" {...field('password')} />
          </>
        )}
      </SignedOutForm>
    </SignedOutFrame>
  );
}
