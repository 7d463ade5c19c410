import { queryOptions } from '@tanstack/react-query';
import { post } from './identity.ts';
import { sendAccepted } from './send-accepted.ts';

/** Where the person is signed in. */
export interface Session {
  id: string;
  /** Names it when it is to end. */
  token: string;
  createdAt: string;
  expiresAt: string;
  ipAddress: string | null;
  userAgent: string | null;
}

/** The sessions of the person, and which of them this is. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => {
    const [all, own] = await Promise.all([read<Session[]>('/list-sessions'), read<{ session: Session } | null>('/get-session')]);
    const now = new Date().toISOString();
    return all
      .filter(({ expiresAt }) => expiresAt > now)
      .map((session) => ({ ...session, current: session.id === own?.session.id }))
      .sort((one, other) => Number(other.current) - Number(one.current) || other.createdAt.localeCompare(one.createdAt));
  },
});

export function revokeSession(token: string): Promise<unknown> {
  return post('/revoke-session', { token });
}

/** Every session but this one. */
export function revokeOtherSessions(): Promise<unknown> {
  return post('/revoke-other-sessions', {});
}

/** Ends the other sessions too. */
export function changePassword(change: { currentPassword: string; newPassword: string }): Promise<unknown> {
  return post('/change-password', change);
}

async function read<Answer>(path: string): Promise<Answer> {
  const response = await sendAccepted(`/api/auth${path}`);
  // These endpoints are no operations of the API's document, so their answers have no type to be held to; a test reads them.
  return (await response.json()) as Answer;
}
