import { z } from 'zod';
import { secretKey } from '../db/secret-box.ts';
import { defaultRetentionDays } from '../domain/erasure.ts';
import { optional } from '../domain/text.ts';
import type { OidcProvider } from './auth/identity.ts';
import { parseTrustedProxies, type TrustedProxies } from './client-address.ts';

/** Addresses and CIDR ranges, separated by commas. */
function parseRanges(text: string, context: z.RefinementCtx): TrustedProxies {
  try {
    return parseTrustedProxies(text.split(',').flatMap((range) => range.trim() || []));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be addresses or CIDR ranges, separated by commas' });
    return z.NEVER;
  }
}

const requestsPerSecond = z.coerce.number().int().min(1).max(1_000_000);

const environment = z.object({
  DATABASE_URL: z.url(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).default(20),
  FOYER_HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  FOYER_PUBLIC_URL: z.url().optional(),
  FOYER_OPERATOR_KEY: z.string().min(24),
  FOYER_SECRET_KEY: secretKey,
  FOYER_TRUSTED_PROXIES: z.string().default('').transform(parseRanges),
  FOYER_REQUESTS_PER_CALLER: requestsPerSecond.default(250),
  FOYER_REQUESTS_PER_ACCOUNT: requestsPerSecond.default(500),
  FOYER_OIDC_ISSUER: optional(z.url()),
  FOYER_OIDC_CLIENT_ID: optional(z.string()),
  FOYER_OIDC_CLIENT_SECRET: optional(z.string()),
  FOYER_DEV_MAIL_DIR: z.string().min(1).optional(),
  FOYER_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(defaultRetentionDays),
  FOYER_TEMPORAL_UI_URL: optional(z.url({ protocol: /^https?$/ })),
  FOYER_TASK_QUEUE: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface ApiConfig {
  databaseUrl: string;
  databasePoolSize: number;
  host: string;
  port: number;
  /** Where the outside reaches this API; links are made from it. */
  publicUrl: string;
  operatorKey: string;
  /** The proxies in front, whose `X-Forwarded-For` is taken. */
  trustedProxies: TrustedProxies;
  /** Requests a second that one process lets through. */
  requestLimits: { perCaller: number; perAccount: number };
  /** Single sign-on, where it is set up. */
  oidc: OidcProvider | undefined;
  /** Where mail is kept in the place of being sent; shown to whoever asks, so on the machine itself alone. */
  devMailDirectory: string | undefined;
  /** Encrypts webhook secrets and kept answers at rest: 32 bytes. */
  secretKey: Buffer;
  /** How many days an archived client is kept before it may be erased. */
  retentionDays: number;
  /** Where the Temporal UI is, if owners and admins are to be led there. */
  temporalUiUrl: string | undefined;
  taskQueue: string | undefined;
  logLevel: string;
}

/** Reads the environment once, at the door. Throws one message that names every variable that is missing or wrong. */
export function readApiConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`the environment is not complete:\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  if (data.FOYER_DEV_MAIL_DIR !== undefined && data.FOYER_HOST !== '127.0.0.1') {
    throw new Error("FOYER_DEV_MAIL_DIR shows everybody's mail to whoever asks: it goes with FOYER_HOST=127.0.0.1 alone");
  }
  return {
    databaseUrl: data.DATABASE_URL,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    host: data.FOYER_HOST,
    port: data.PORT,
    publicUrl: (data.FOYER_PUBLIC_URL ?? `http://127.0.0.1:${data.PORT}`).replace(/\/$/, ''),
    operatorKey: data.FOYER_OPERATOR_KEY,
    trustedProxies: data.FOYER_TRUSTED_PROXIES,
    requestLimits: { perCaller: data.FOYER_REQUESTS_PER_CALLER, perAccount: data.FOYER_REQUESTS_PER_ACCOUNT },
    oidc: oidcOf(data),
    devMailDirectory: data.FOYER_DEV_MAIL_DIR,
    secretKey: data.FOYER_SECRET_KEY,
    retentionDays: data.FOYER_RETENTION_DAYS,
    temporalUiUrl: data.FOYER_TEMPORAL_UI_URL?.replace(/\/$/, ''),
    taskQueue: data.FOYER_TASK_QUEUE,
    logLevel: data.LOG_LEVEL,
  };
}

function oidcOf(data: z.infer<typeof environment>): OidcProvider | undefined {
  const { FOYER_OIDC_ISSUER: issuer, FOYER_OIDC_CLIENT_ID: clientId, FOYER_OIDC_CLIENT_SECRET: clientSecret } = data;
  if (issuer !== undefined && clientId !== undefined && clientSecret !== undefined) return { issuer, clientId, clientSecret };
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  throw new Error('the environment is not complete: FOYER_OIDC_ISSUER, FOYER_OIDC_CLIENT_ID and FOYER_OIDC_CLIENT_SECRET go together');
}
