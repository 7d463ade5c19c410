import { sendAccepted } from './send-accepted.ts';

/** One of the credential endpoints: it sets the session's cookie, or says no as every operation does. */
export function post(path: string, body: object): Promise<Response> {
  return sendAccepted(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Has this installation a provider that people may sign in with? The page was told. */
export const singleSignOn = document.querySelector<HTMLMetaElement>('meta[name="single-sign-on"]')?.content === 'on';

/** Leads to the identity provider, which leads back to `/`, or to `/sign-in?error=`. */
export async function startSingleSignOn(): Promise<void> {
  const { url }: { url?: unknown } = await (await post('/sign-in/social', { provider: 'oidc' })).json();
  location.assign(String(url));
}

export function signIn(credentials: { email: string; password: string }): Promise<unknown> {
  return post('/sign-in/email', credentials);
}

export function signUp(person: { name: string; email: string; password: string }): Promise<unknown> {
  return post('/sign-up/email', person);
}

export function signOut(): Promise<unknown> {
  return post('/sign-out', {});
}

/** By the token of the mail; whoever has it is signed in. */
export function verifyEmail(token: string): Promise<unknown> {
  return sendAccepted(`/api/auth/verify-email?token=${encodeURIComponent(token)}`);
}

export function sendVerification(email: string): Promise<unknown> {
  return post('/send-verification-email', { email });
}

export function requestReset(email: string): Promise<unknown> {
  return post('/request-password-reset', { email });
}

export function resetPassword(reset: { token: string; newPassword: string }): Promise<unknown> {
  return post('/reset-password', reset);
}
