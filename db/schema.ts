import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Actor, Origin } from '../domain/actor.ts';
import type { ReportedBadgeFamily } from '../domain/badge.ts';
import type { ClientState } from '../domain/client.ts';
import type { CrmDeliveryOutcome, CrmProvider } from '../domain/crm.ts';
import type { CrmMapping, CrmTrigger } from '../domain/crm-reading.ts';
import type { FeedbackState } from '../domain/docs-feedback.ts';
import type {
  AccountId,
  AgencyId,
  ApiKeyId,
  ClientId,
  CrmConnectionId,
  DocsFeedbackId,
  EventId,
  ImportId,
  InvitationId,
  OffboardingId,
  OnboardingId,
  PersonId,
  ProjectId,
} from '../domain/ids.ts';
import type { ImportOutcome, ImportState, OnDuplicate } from '../domain/import-state.ts';
import type { MailKind } from '../domain/mail.ts';
import type { InvitationState } from '../domain/membership.ts';
import type { NotificationKind } from '../domain/notification.ts';
import type { OffboardingState, PackState } from '../domain/offboarding.ts';
import type { Blocker, OnboardingSource, OnboardingState, OnLimit, StepName, StepState } from '../domain/onboarding.ts';
import type { Role, Scope } from '../domain/permission.ts';
import type { PlanState } from '../domain/plan.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Finding, Gates } from '../domain/report.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import type { AuthTables } from './auth-schema.ts';

/** `timestamptz`: read as a Date, written as one or as an RFC 3339 string. */
type Time = ColumnType<Date, Date | string, Date | string>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type CreatedTime = ColumnType<Date, Date | string | undefined, never>;
/** `jsonb`: read parsed, written as JSON text. */
type Json<T extends object | null> = JSONColumnType<T>;

export interface AccountTable {
  id: Generated<AccountId>;
  kind: 'agency' | 'direct';
  name: string;
  billing_email: string;
  created_at: CreatedTime;
}

export interface PlanTable {
  agency_id: AgencyId;
  state: PlanState;
  client_limit: number;
  overage_clients: number;
  scans_per_period: number;
  scans_used: Generated<number>;
  monitored_projects: number;
  white_label: boolean;
  period_start: Time;
  period_end: Time;
  /** How many client slots are taken; moved only together with the client that takes or frees one. */
  client_slots_used: Generated<number>;
  updated_at: Generated<Date>;
}

export interface InvitationTable {
  agency_id: AccountId;
  id: Generated<InvitationId>;
  email: string;
  role: Role;
  state: InvitationState;
  created_at: CreatedTime;
  expires_at: Time;
  /** SHA-256 of the newest link's token. */
  token_hash: Buffer | null;
  /** Will the member see only the clients of `invitation_clients`? */
  restricted: Generated<boolean>;
  invited_by: JSONColumnType<Actor | null>;
  sent_at: NullableTime;
  ended_at: NullableTime;
  accepted_by: PersonId | null;
}

export interface InvitationClientTable {
  agency_id: AgencyId;
  invitation_id: InvitationId;
  client_id: ClientId;
}

/** The one offer of an account that waits for its answer. */
export interface OwnershipOfferTable {
  agency_id: AccountId;
  from_person_id: PersonId;
  to_person_id: PersonId;
  /** What whoever offers is once it is accepted. */
  former_role: 'owner' | 'admin';
  created_at: CreatedTime;
  expires_at: Time;
}

export interface MembershipTable {
  agency_id: AccountId;
  person_id: PersonId;
  role: Role;
  /** Does the member see only the clients of `membership_clients`? */
  restricted: Generated<boolean>;
  created_at: CreatedTime;
  updated_at: Generated<Date>;
}

export interface MembershipClientTable {
  agency_id: AgencyId;
  person_id: PersonId;
  client_id: ClientId;
}

/** What of an account a member has chosen to be told; what is not here is as the role has it. */
export interface NotificationChoiceTable {
  agency_id: AccountId;
  person_id: PersonId;
  kind: NotificationKind;
  wanted: boolean;
}

export interface ApiKeyTable {
  agency_id: AccountId;
  id: Generated<ApiKeyId>;
  name: string;
  /** The first characters of the key, to recognise it by. */
  prefix: string;
  key_hash: Buffer;
  scopes: Scope[];
  created_at: CreatedTime;
  expires_at: NullableTime;
  revoked_at: NullableTime;
  /** To the minute: it is written at most once in one. */
  last_used_at: NullableTime;
  /** The key that a rotation made in place of this one. */
  replaced_by: ColumnType<ApiKeyId | null, ApiKeyId | null | undefined, ApiKeyId | null>;
}

export interface ClientTable {
  agency_id: AgencyId;
  id: ClientId;
  name: string;
  /** What names are compared by: trimmed, normalised, case-folded. */
  name_key: ColumnType<string, never, never>;
  /** What names are compared by to find duplicates. */
  name_sketch: ColumnType<string | null, never, never>;
  contact_email: string | null;
  external_reference: string | null;
  notes: string | null;
  state: ClientState;
  version: Generated<number>;
  /** The time of the newest CRM event applied, so that an older one never overwrites it. */
  crm_event_at: NullableTime;
  /** Since when it is archived; what its retention is counted from. */
  archived_at: NullableTime;
  /** The projects that the archive took from it, for a restore to give back. */
  former_projects: Generated<ProjectId[]>;
  /** The client that it was a duplicate of. */
  merged_into: ClientId | null;
  /** Since when nothing personal is left of it. To the API it is not there. */
  erased_at: NullableTime;
  created_at: CreatedTime;
  updated_at: Generated<Date>;
}

/** Written by Postgres alone, as a transaction commits that changes what the list of clients shows. */
export interface ClientListStampTable {
  agency_id: AccountId;
  stamp: Generated<string>;
}

export interface ProjectTable {
  agency_id: AgencyId;
  id: ProjectId;
  name: string;
  domain: string;
  client_id: ClientId | null;
  created_at: CreatedTime;
  updated_at: Generated<Date>;
}

export interface BadgeTable {
  agency_id: AgencyId;
  project_id: ProjectId;
  family: ReportedBadgeFamily;
  value: string;
  reason: string | null;
  source: Json<Actor>;
  at: Time;
}

export interface ReportTable {
  agency_id: AgencyId;
  project_id: ProjectId;
  title: string;
  domain: string;
  risk_score: number;
  pages_scanned: number;
  findings: Json<Finding[]>;
  gates: Json<Gates>;
  at: Time;
  received_at: Generated<Date>;
}

/** The latest report of a project that passed every gate: what its clients are shown. */
export interface VerifiedReportTable {
  agency_id: AgencyId;
  project_id: ProjectId;
  title: string;
  domain: string;
  risk_score: number;
  pages_scanned: number;
  findings: Json<Finding[]>;
  at: Time;
}

export interface SharingTable {
  agency_id: AgencyId;
  project_id: ProjectId;
  /** The client that the links were made for. */
  client_id: ClientId;
  state: RecordedSharingState;
  /** Of the token that opens the report; null once it is retired, and so are the three below. */
  token_hash: Buffer | null;
  /** Of the token that opens the client's portal. */
  portal_hash: Buffer | null;
  /** The tokens themselves, encrypted, to show the links again. */
  sealed_token: Buffer | null;
  sealed_portal_token: Buffer | null;
  /** Which request made the tokens. */
  request_id: string | null;
  /** The workflow that tends it. */
  workflow_id: string | null;
  expires_at: NullableTime;
  /** Since when the links are given. */
  shared_at: NullableTime;
  /** When the agency was reminded that nobody has opened them. */
  reminded_at: NullableTime;
}

export interface ShareTokenTable {
  agency_id: AgencyId;
  /** SHA-256 of the token. */
  hash: Buffer;
  /** What it opens: one report, or the portal with all that is shared with the client. */
  kind: 'report' | 'portal';
  project_id: ProjectId;
  client_id: ClientId;
  expires_at: NullableTime;
  /** Kept when it opens nothing any more, so that an old link can be told from one that never was. */
  retired_at: NullableTime;
  created_at: CreatedTime;
}

export interface ShareViewTable {
  agency_id: AgencyId;
  project_id: ProjectId;
  client_id: ClientId;
  views: number;
  last_viewed_at: Time;
}

export interface OnboardingTable {
  agency_id: AgencyId;
  id: OnboardingId;
  workflow_id: string;
  source: OnboardingSource;
  actor: Json<Actor>;
  client_id: ClientId | null;
  /** Did this onboarding make the client, rather than find it by its external reference? */
  client_created: Generated<boolean>;
  /** Did this onboarding put the project under the client, rather than find it there? */
  project_assigned: Generated<boolean>;
  /** Did somebody take a project away again? Then what the request asked for is not taken a second time. */
  project_moved_away: Generated<boolean>;
  project_id: ProjectId | null;
  state: Generated<OnboardingState>;
  state_since: Generated<Date>;
  on_limit: OnLimit;
  /** Is the report to be shared as soon as it may be? Null where only the workflow knows: it began before this was recorded. */
  share_when_ready: boolean | null;
  /** Who chose so last while it went on; null where it is as it was asked for. */
  share_chosen_by: ColumnType<Actor | null, string | null | undefined, string>;
  blockers: ColumnType<Blocker[], string | undefined, string>;
  reminders_sent: Generated<number>;
  created_at: CreatedTime;
  finished_at: NullableTime;
}

export interface OnboardingStepTable {
  agency_id: AgencyId;
  onboarding_id: OnboardingId;
  name: StepName;
  position: number;
  state: Generated<StepState>;
  attempts: Generated<number>;
  started_at: NullableTime;
  finished_at: NullableTime;
  detail: string | null;
}

export interface OffboardingTable {
  agency_id: AgencyId;
  id: OffboardingId;
  client_id: ClientId;
  workflow_id: string;
  state: Generated<OffboardingState>;
  ends_at: Time;
  /** What the contact is told besides. */
  message: string | null;
  actor: Json<Actor>;
  reminders_sent: Generated<number>;
  pack_state: Generated<PackState>;
  created_at: CreatedTime;
  finished_at: NullableTime;
}

export interface ExportPackTable {
  agency_id: AgencyId;
  offboarding_id: OffboardingId;
  client_id: ClientId;
  /** A zip. */
  content: Buffer;
  made_at: Generated<Date>;
  expires_at: Time;
}

export interface ImportTable {
  agency_id: AgencyId;
  id: ImportId;
  workflow_id: string;
  state: Generated<ImportState>;
  on_limit: OnLimit;
  on_duplicate: OnDuplicate;
  /** As its sender calls it. */
  file_name: string | null;
  actor: Json<Actor>;
  total: number;
  created_at: CreatedTime;
  finished_at: NullableTime;
}

export interface ImportRowTable {
  agency_id: AgencyId;
  import_id: ImportId;
  line: number;
  /** Of the onboarding that the row may start, and of the client that this may make. */
  onboarding_id: Generated<OnboardingId>;
  new_client_id: Generated<ClientId>;
  /** What the row says; gone once a client has it. */
  name: string | null;
  contact_email: string | null;
  external_reference: string | null;
  notes: string | null;
  domain: string | null;
  /** The earlier line that says the same. */
  twin_line: number | null;
  outcome: Generated<ImportOutcome>;
  code: RefusalCode | null;
  detail: string | null;
  /** The client that it made, brought up to date, or resembles. */
  client_id: ClientId | null;
}

export interface EventTable {
  agency_id: AccountId;
  id: Generated<EventId>;
  /** The writing transaction: events are read in this order, and only once no older transaction can still commit. */
  txid: Generated<string>;
  kind: string;
  actor: Json<Actor>;
  client_id: ClientId | null;
  project_id: ProjectId | null;
  onboarding_id: OnboardingId | null;
  before: Json<Record<string, unknown> | null>;
  after: Json<Record<string, unknown> | null>;
  at: CreatedTime;
  origin: ColumnType<Origin | null, string | null | undefined, never>;
  /** SHA-256 of the salt and the content of the event's details, where it has any: it stays when they are erased. */
  details_hash: Buffer | null;
}

/** What is personal in an event about a client, beside it. */
export interface EventDetailTable {
  agency_id: AccountId;
  event_id: EventId;
  client_id: ClientId | null;
  /** So that nobody can guess what was erased from the hash that stays. */
  salt: Buffer;
  /** `{ before, after }` as JSON. */
  content: string;
}

/** The chain of an account's events; written by Postgres alone, as each transaction commits. */
export interface EventSealTable {
  agency_id: AccountId;
  /** From 1, without a gap, in the order of the commits. */
  position: number;
  event_id: EventId;
  /** The hash at the position before; 32 zero bytes at the first. */
  previous_hash: Buffer;
  /** SHA-256 of the hash before, the position and every column of the event. */
  hash: Buffer;
}

/** Where every chain stood when it was found whole; of `npm run verify-history` alone. */
export interface HistoryAnchorTable {
  number: number;
  at: Time;
  /** `HistoryAnchor[]` as JSON; null once there is another anchor. */
  heads: string | null;
  /** SHA-256 of the heads. */
  digest: Buffer;
  /** Over the anchor before this one, its number, time and digest, with a key that the database does not have. */
  mac: Buffer;
}

export interface IdempotencyKeyTable {
  agency_id: AccountId;
  /** SHA-256 of the key as the caller sent it. */
  key_hash: Buffer;
  /** The client that the answer tells of; the answer is emptied when that is erased. */
  about_client: ClientId | null;
  /** SHA-256 of the request: a key that comes with another request is refused. */
  fingerprint: Buffer;
  /** Read by the release before alone. */
  status: number | null;
  /** The answer, encrypted: it can hold a secret that is shown once. Null while the request is under way, or the answer was lost. */
  answer: Buffer | null;
  created_at: CreatedTime;
}

export interface CrmConnectionTable {
  agency_id: AgencyId;
  id: Generated<CrmConnectionId>;
  provider: CrmProvider;
  /** Encrypted; needed in clear to verify a signature. */
  secret: Buffer;
  /** The secret before the last rotation, valid until `previous_valid_until`. */
  previous_secret: Buffer | null;
  previous_valid_until: NullableTime;
  created_at: CreatedTime;
  deleted_at: NullableTime;
  /** When a message last came whose signature did not hold. */
  last_unverified_at: NullableTime;
  /** Null where it reads its events as every connection does by default. */
  mapping: ColumnType<Partial<CrmMapping> | null, string | null | undefined, never>;
  trigger: ColumnType<CrmTrigger | null, string | null | undefined, never>;
}

export interface CrmDeliveryTable {
  agency_id: AgencyId;
  id: Generated<string>;
  connection_id: CrmConnectionId;
  message_id: string;
  type: string | null;
  outcome: CrmDeliveryOutcome;
  onboarding_id: OnboardingId | null;
  /** Why it was ignored, or the code of the refusal. */
  reason: string | null;
  replayed: boolean;
  created_at: CreatedTime;
}

export interface LogoTable {
  agency_id: AgencyId;
  /** SHA-256 of `png`. */
  hash: Buffer;
  width: number;
  height: number;
  png: Buffer;
  created_at: CreatedTime;
}

export interface BrandTable {
  agency_id: AgencyId;
  report_brand: string | null;
  logo_hash: Buffer | null;
  /** `#rrggbb`, as it was asked for. */
  accent_color: string | null;
  footer: string | null;
  version: Generated<number>;
  updated_at: Generated<Date>;
}

export interface ClientBrandTable extends BrandTable {
  client_id: ClientId;
}

/** Mail on its way: what it says is encrypted, and gone once it is sent. */
export interface MailTable {
  id: Generated<string>;
  kind: MailKind;
  sealed: Buffer | null;
  attempts: Generated<number>;
  /** When it is tried next. */
  due_at: Generated<Date>;
  created_at: CreatedTime;
  sent_at: NullableTime;
  /** When it was found that it cannot be delivered. */
  given_up_at: NullableTime;
}

export interface DocsFeedbackTable {
  id: Generated<DocsFeedbackId>;
  page: string;
  /** What of the page was read: a hash of its text. */
  page_version: string;
  helpful: boolean;
  comment: string | null;
  /** Tells a visitor's second word about a page from another visitor's, for a day; nobody can be found by it. */
  visitor_hash: Buffer;
  state: Generated<FeedbackState>;
  note: string | null;
  created_at: CreatedTime;
  reviewed_at: NullableTime;
}

export interface Database extends AuthTables {
  accounts: AccountTable;
  plans: PlanTable;
  invitations: InvitationTable;
  memberships: MembershipTable;
  membership_clients: MembershipClientTable;
  notification_choices: NotificationChoiceTable;
  invitation_clients: InvitationClientTable;
  ownership_offers: OwnershipOfferTable;
  api_keys: ApiKeyTable;
  clients: ClientTable;
  client_list_stamps: ClientListStampTable;
  projects: ProjectTable;
  badges: BadgeTable;
  reports: ReportTable;
  verified_reports: VerifiedReportTable;
  sharings: SharingTable;
  share_tokens: ShareTokenTable;
  share_views: ShareViewTable;
  onboardings: OnboardingTable;
  onboarding_steps: OnboardingStepTable;
  offboardings: OffboardingTable;
  export_packs: ExportPackTable;
  imports: ImportTable;
  import_rows: ImportRowTable;
  events: EventTable;
  event_details: EventDetailTable;
  event_seals: EventSealTable;
  history_anchors: HistoryAnchorTable;
  idempotency_keys: IdempotencyKeyTable;
  crm_connections: CrmConnectionTable;
  crm_deliveries: CrmDeliveryTable;
  logos: LogoTable;
  brands: BrandTable;
  client_brands: ClientBrandTable;
  docs_feedback: DocsFeedbackTable;
  mails: MailTable;
}
