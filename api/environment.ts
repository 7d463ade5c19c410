import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { PersonRecord } from '../db/read/session.ts';
import type { Database } from '../db/schema.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { TenantSight } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { AgencyId } from '../domain/ids.ts';
import type { May, Role } from '../domain/permission.ts';
import type { PdfPress } from '../report/pdf-press.ts';
import type { Caller } from './auth/caller.ts';
import type { Identity } from './auth/identity.ts';
import type { KeyRing } from './auth/key-ring.ts';
import type { KeyUse } from './auth/key-use.ts';
import type { ChangeWatch } from './change-watch.ts';
import type { TrustedProxies } from './client-address.ts';
import type { ListMemory } from './list-memory.ts';
import type { LogoFetcher } from './logo/fetch-logo.ts';
import type { Metrics } from './metrics.ts';
import type { RequestLimits } from './request-limits.ts';
import type { PageMemory } from './surfaces/page-memory.ts';
import type { ViewCounter } from './surfaces/view-counter.ts';
import type { TemporalGateway } from './temporal.ts';

/** What the API is made of; built once, in `server.ts` or a test, and given to `createApp`. */
export interface Deps {
  db: Kysely<Database>;
  temporal: TemporalGateway;
  watches: { onboardings: ChangeWatch; events: ChangeWatch };
  keys: KeyRing;
  keyUse: KeyUse;
  limits: RequestLimits;
  secrets: SecretBox;
  views: ViewCounter;
  /** Pages of shared reports. */
  pages: PageMemory;
  pdfs: PdfPress;
  /** Pages of the list of clients. */
  lists: ListMemory;
  identity: Identity;
  /** Behind a guard: the address comes from outside. */
  fetchLogo: LogoFetcher;
  /** SHA-256 of the platform operator's key. */
  operatorKeyHash: Buffer;
  publicUrl: string;
  /** Where the Temporal UI shows workflows, for an account's owners and admins; undefined where they have no business there. */
  workflowsUrl: string | undefined;
  /** How many days an archived client is kept before it may be erased. */
  retentionDays: number;
  /** Of the embedded default alone: where its mail is kept. */
  devMailDirectory: string | undefined;
  /** Undefined where the web app was not built: an API alone. */
  webAppDirectory: string | undefined;
  /** Whose word about where a request comes from is taken. */
  trustedProxies: TrustedProxies;
  log: Logger;
  metrics: Metrics;
  /** Aborted when the process stops, so that open streams end. */
  stopping: AbortSignal;
}

/** What the one line about a request tells, beside method, path, status and time. */
export interface CanonicalFields {
  caller?: string;
  agencyId?: string;
  workflowId?: string;
  refusal?: string;
  replayed?: boolean;
}

export interface AppEnv {
  Variables: {
    deps: Deps;
    requestId: string;
    /** Set by the security headers; read it with `cspNonce`. */
    secureHeadersNonce?: string;
    canonical: CanonicalFields;
    /** Where the request comes from; undefined for one that came over no connection. */
    clientAddress: string | undefined;
    caller: Caller;
    /** The account that the path names, who acts there, what the caller is in it, sees and may do: set by the guards of `permit.ts`. */
    agencyId: AgencyId;
    actor: Actor;
    /** Null for a key. */
    role: Role | null;
    sight: TenantSight;
    /** May the caller do this there as well? */
    may: May;
    /** Whoever else sees and may the same there. */
    audience: string;
    /** The caller, where the operation is for people alone: set by `permitMember`. */
    member: PersonRecord;
  };
}

export type AppContext = Context<AppEnv>;
