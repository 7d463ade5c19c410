import { PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { signIn } from '../data/identity.ts';
import { queries } from '../data/queries.ts';
import { BlockerNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { isUnconfirmed, SendVerification } from './send-verification.tsx';
import { SignedOutForm } from './signed-out-form.tsx';
import { SignedOutFrame } from './signed-out-frame.tsx';
import { SingleSignOn } from './single-sign-on.tsx';

const t = texts.signIn;
const route = getRouteApi('/sign-in');

/** E-mail and password, or single sign-on where there is one, and back to where one wanted to go. */
export function SignInPage() {
  const { to, error } = route.useSearch();
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
      {error && <BlockerNote blocker={{ message: t.notSignedOn[error] ?? t.notSignedOn.other, nextAction: { label: t.signInOtherwise } }} />}
      <SignedOutForm
        initial={{ email: '', password: '' }}
        submit={t.submit}
        onSubmit={signIn}
        onDone={done}
        help={(refusal, { email }) => isUnconfirmed(refusal) && <SendVerification email={email} />}
      >
        {(field) => (
          <>
            <TextInput label={t.email} type="email" autoComplete="username" {...field('email')} />
            <PasswordInput label={t.password} autoComplete="current-password" {...field('password')} />
          </>
        )}
      </SignedOutForm>
      <SingleSignOn to={to} />
    </SignedOutFrame>
  );
}
