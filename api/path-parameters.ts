import { z } from '@hono/zod-openapi';
import type {
  AccountId,
  AgencyId,
  ApiKeyId,
  ClientId,
  CrmConnectionId,
  DocsFeedbackId,
  ImportId,
  InvitationId,
  OnboardingId,
  PersonId,
  ProjectId,
} from '../domain/ids.ts';

/** An id in a path. Text that is no id names nothing: it is answered as `NOT_FOUND`, like an unknown one (see `app.ts`). */
function id<Id extends string>() {
  return z
    .uuid()
    .transform((value) => value.toLowerCase() as Id)
    .openapi({ type: 'string', format: 'uuid' });
}

export const inAgency = z.object({ agencyId: id<AgencyId>() });
export const inClient = inAgency.extend({ clientId: id<ClientId>() });
export const inProject = inAgency.extend({ projectId: id<ProjectId>() });
export const inOnboarding = inAgency.extend({ onboardingId: id<OnboardingId>() });
export const inImport = inAgency.extend({ importId: id<ImportId>() });
export const inCrmConnection = inAgency.extend({ connectionId: id<CrmConnectionId>() });
/** The SHA-256 of what is served, in hex. */
export const inLogo = inAgency.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
export const inAccount = z.object({ accountId: id<AccountId>() });
export const ofApiKey = inAccount.extend({ keyId: id<ApiKeyId>() });
export const ofMember = inAccount.extend({ personId: id<PersonId>() });
export const ofInvitation = inAccount.extend({ invitationId: id<InvitationId>() });
export const ofAccount = z.object({ accountId: id<AgencyId>() });
export const ofDocsFeedback = z.object({ feedbackId: id<DocsFeedbackId>() });
export const ofCrmConnection = z.object({ connectionId: id<CrmConnectionId>() });
