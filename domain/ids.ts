/** A string that only the right kind of record may lend its id to. */
type Id<Kind extends string> = string & { readonly __kind: Kind };

/** An account: who pays, and whom people belong to. */
export type AccountId = Id<'account'>;
/** An agency is an account of kind `agency`; every tenant wall is drawn around this id. */
export type AgencyId = AccountId;
/** Somebody who signs in. */
export type PersonId = Id<'person'>;
export type ClientId = Id<'client'>;
export type ProjectId = Id<'project'>;
export type OnboardingId = Id<'onboarding'>;
export type ApiKeyId = Id<'apiKey'>;
export type CrmConnectionId = Id<'crmConnection'>;
export type InvitationId = Id<'invitation'>;
export type OffboardingId = Id<'offboarding'>;
export type ImportId = Id<'import'>;
export type EventId = Id<'event'>;
export type DocsFeedbackId = Id<'docsFeedback'>;
