import type { ColumnType, Generated } from 'kysely';
import type { AccountId, PersonId } from '../domain/ids.ts';

type Time = ColumnType<Date, Date | string, Date | string>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export interface PersonTable {
  id: Generated<PersonId>;
  name: string;
  /** In lower case. */
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  /** The account whose view is shown first; a person may have left it since. */
  current_account_id: AccountId | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

/** A way to sign in: a password, or a subject of an identity provider. */
export interface CredentialTable {
  id: Generated<string>;
  person_id: PersonId;
  provider_id: string;
  account_id: string;
  password: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: NullableTime;
  refresh_token_expires_at: NullableTime;
  scope: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface SessionTable {
  id: Generated<string>;
  person_id: PersonId;
  /** Worth nothing without the signature that only the cookie has. */
  token: string;
  expires_at: Time;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface VerificationTable {
  id: Generated<string>;
  identifier: string;
  value: string;
  expires_at: Time;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

/** How often something was tried that may only be tried so often. */
export interface AttemptTable {
  key_hash: Buffer;
  count: number;
  window_ends_at: Time;
}

/** The schema `auth`: who people are and how they sign in. */
export interface AuthTables {
  'auth.people': PersonTable;
  'auth.credentials': CredentialTable;
  'auth.sessions': SessionTable;
  'auth.verifications': VerificationTable;
  'auth.attempts': AttemptTable;
}
