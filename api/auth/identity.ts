import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Kysely } from 'kysely';
import { queueMail } from '../../db/queue-mail.ts';
import type { Database } from '../../db/schema.ts';
import type { SecretBox } from '../../db/secret-box.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Mail } from '../../domain/mail.ts';
import { passwordLength } from '../../domain/person.ts';
import { addressInUseMail } from '../../mail/address-in-use.ts';
import { resetPasswordMail } from '../../mail/reset-password.ts';
import { verifyEmailMail } from '../../mail/verify-email.ts';
import { isLocal, trustedOrigins } from './own-origin.ts';

/** An OpenID Connect provider that people may sign in with. */
export interface OidcProvider {
  /** Its discovery document is below this. */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** The id of the one provider in `/api/auth/sign-in/social` and in its callback `/api/auth/callback/oidc`. */
export const oidcProviderId = 'oidc';

export interface IdentityParts {
  db: Kysely<Database>;
  secrets: SecretBox;
  publicUrl: string;
  oidc: OidcProvider | undefined;
  /** Told of mail that waits for its delivery. */
  onMailQueued: () => void;
  /** How passwords are kept; without it as better-auth does, by scrypt at a tenth of a second each. */
  passwords?: Passwords;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  verify(given: { hash: string; password: string }): Promise<boolean>;
}

/** Sign-up, sign-in and sessions of people, by better-auth on the tables of the schema `auth`. */
export interface Identity {
  /** Answers a request below `/api/auth`, refusals included; throws for faults. */
  handle(request: Request): Promise<Response>;
  sessionCookie: { name: string; secret: string };
  /** Is there a provider that people may sign in with? */
  singleSignOn: boolean;
}

/** The header that carries the address of whoever sent the request to better-auth; what a client sends under this name is overwritten. */
export const addressHeader = 'x-foyer-client-address';

const sessionDays = 7;
const daySeconds = 86_400;

export function createIdentity(parts: IdentityParts): Identity {
  const secret = parts.secrets.keyFor('sessions').toString('base64url');
  const secure = !isLocal(parts.publicUrl);
  const auth = betterAuth(identityOptions(parts, secret, secure));
  return {
    handle: (request) => auth.handler(request),
    sessionCookie: { name: `${secure ? '__Secure-' : ''}foyer.session_token`, secret },
    singleSignOn: parts.oidc !== undefined,
  };
}

export function identityOptions({ db, secrets, publicUrl, oidc, onMailQueued, passwords }: IdentityParts, secret: string, secure: boolean) {
  const send = async (mail: Mail) => {
    await queueMail(db, secrets, mail);
    onMailQueued();
  };
  const link = (path: string, token: string) => `${publicUrl}${path}?token=${encodeURIComponent(token)}`;
  return {
    appName: 'Foyer',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: trustedOrigins(publicUrl),
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      ...(passwords && { password: passwords }),
      sendResetPassword: ({ user, token }) => send(resetPasswordMail({ to: user.email, name: user.name, url: link('/reset', token) })),
      onExistingUserSignUp: ({ user }) => send(addressInUseMail({ to: user.email, name: user.name, signInUrl: `${publicUrl}/sign-in` })),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      sendVerificationEmail: ({ user, token }) => send(verifyEmailMail({ to: user.email, name: user.name, url: link('/verify', token) })),
    },
    // No cookie cache: it would let a revoked session live on for as long as it is fresh.
    session: { ...sessionColumns, expiresIn: sessionDays * daySeconds, updateAge: daySeconds, cookieCache: { enabled: false } },
    user: personColumns,
    account: { ...credentialColumns, encryptOAuthTokens: true, accountLinking: { enabled: true, trustedProviders: [] } },
    verification: { ...verificationColumns, storeIdentifier: 'hashed' },
    databaseHooks: { session: { create: { after: ({ userId }) => forgetOverSessions(db, userId) } } },
    plugins: oidc ? [singleSignOn(oidc)] : [],
    // Attempts are limited before a request comes here: by address and by what is tried, see `attempt-limits.ts`.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'foyer',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      // Said, for in a test environment both are off unless they are named.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // The tables are made by our own migrations, and a test holds them to what is asked of them here.
      database: { generateId: 'uuid', validateSchema: false },
    },
    onAPIError: { throw: true, errorURL: `${publicUrl}/sign-in` },
    // It would log addresses; what fails comes out as an error, and is logged as any other.
    logger: { disabled: true },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}

/** Whoever signs in leaves no sessions behind that are over. */
async function forgetOverSessions(db: Kysely<Database>, personId: string): Promise<void> {
  await db
    .deleteFrom('auth.sessions')
    .where('person_id', '=', personId as PersonId)
    .where('expires_at', '<', new Date())
    .execute();
}

function singleSignOn({ issuer, clientId, clientSecret }: OidcProvider) {
  return genericOAuth({
    config: [
      {
        providerId: oidcProviderId,
        name: 'Single sign-on',
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
      },
    ],
  });
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

const personColumns = { modelName: 'people', fields: { emailVerified: 'email_verified', ...times } } as const;

const sessionColumns = {
  modelName: 'sessions',
  fields: { userId: 'person_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...times },
} as const;

const credentialColumns = {
  modelName: 'credentials',
  fields: {
    userId: 'person_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    ...times,
  },
} as const;

const verificationColumns = { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...times } } as const;
