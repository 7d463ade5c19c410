import { randomUUID } from 'node:crypto';
import type { AgencyId, ClientId, CrmConnectionId, ImportId, InvitationId, OnboardingId, PersonId, ProjectId } from '../../domain/ids.ts';

// New ids are any UUID; this is where tests say which record's it is.
export const newAgencyId = () => randomUUID() as AgencyId;
export const newClientId = () => randomUUID() as ClientId;
export const newProjectId = () => randomUUID() as ProjectId;
export const newCrmConnectionId = () => randomUUID() as CrmConnectionId;
export const newOnboardingId = () => randomUUID() as OnboardingId;
export const newPersonId = () => randomUUID() as PersonId;
export const newImportId = () => randomUUID() as ImportId;
export const newInvitationId = () => randomUUID() as InvitationId;
