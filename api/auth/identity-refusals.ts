import { z } from 'zod';
import type { RefusalCode } from '../../domain/refusal.ts';
import { type Refused, refused } from '../refused.ts';

const notOurPage = { code: 'UNAUTHENTICATED', detail: 'The request does not come from a page of Foyer.' } as const;

/** What of better-auth's refusals people are told in other words than the table's; whatever is not here is told by its status. */
const told: Record<string, { code: RefusalCode; detail: string }> = {
  INVALID_EMAIL_OR_PASSWORD: { code: 'UNAUTHENTICATED', detail: 'The e-mail address or the password is not right.' },
  INVALID_PASSWORD: { code: 'UNAUTHENTICATED', detail: 'The password is not right.' },
  EMAIL_NOT_VERIFIED: { code: 'UNAUTHENTICATED', detail: 'The e-mail address has not been confirmed yet.' },
  INVALID_TOKEN: { code: 'UNAUTHENTICATED', detail: 'The link is not valid, or was used before.' },
  TOKEN_EXPIRED: { code: 'UNAUTHENTICATED', detail: 'The link has expired.' },
  INVALID_ORIGIN: notOurPage,
  MISSING_OR_NULL_ORIGIN: notOurPage,
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: notOurPage,
  PROVIDER_NOT_FOUND: { code: 'NOT_FOUND', detail: 'No identity provider is set up.' },
  // It says this of a database that does not answer.
  FAILED_TO_GET_SESSION: { code: 'TEMPORARILY_UNAVAILABLE', detail: 'The session cannot be read right now.' },
};

const body = z.object({ code: z.string().optional(), message: z.string().optional() }).catch({});

/** An answer of better-auth that says no, as a refusal of ours. Throws for one that tells of a fault. */
export async function refusalOf(response: Response): Promise<Refused> {
  const { status } = response;
  const { code: reason, message } = body.parse(await response.json().catch(() => ({})));
  const rule = reason !== undefined && Object.hasOwn(told, reason) ? told[reason] : undefined;
  const more = reason === undefined ? {} : { reason };
  if (rule) return refused(rule.code, { detail: rule.detail, ...more });
  if (status >= 500) throw new Error(`better-auth answered ${status} ${reason ?? ''}`);
  if (status === 401 || status === 403) return refused('UNAUTHENTICATED', more);
  if (status === 404) return refused('NOT_FOUND', more);
  return refused('VALIDATION_FAILED', { ...more, errors: [{ pointer: '', message: message ?? 'cannot be accepted' }] });
}
