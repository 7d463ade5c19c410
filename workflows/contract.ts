import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor } from '../domain/actor.ts';
import type { ClientDetails } from '../domain/client.ts';
import type { AgencyId, ClientId, ImportId, OffboardingId, OnboardingId, ProjectId } from '../domain/ids.ts';
import type { ImportPolicy } from '../domain/import.ts';
import type { ImportState } from '../domain/import-state.ts';
import type { OffboardingState } from '../domain/offboarding.ts';
import type { OffboardingPolicy } from '../domain/offboarding-policy.ts';
import type { Blocker, OnboardingSource, OnboardingState, OnLimit } from '../domain/onboarding.ts';
import type { RecordedSharingState } from '../domain/sharing.ts';
import type { SharingPolicy } from '../domain/sharing-policy.ts';
import type { WaitingPolicy } from '../domain/waiting.ts';

/** The queue that workers poll unless `FOYER_TASK_QUEUE` names another. */
export const defaultTaskQueue = 'foyer';

/** What operations filter by. Never encrypted by Temporal, so they hold ids and states only, no personal data. */
export const searchAttributes = {
  agency: defineSearchAttributeKey('FoyerAgency', SearchAttributeType.KEYWORD),
  client: defineSearchAttributeKey('FoyerClient', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('FoyerState', SearchAttributeType.KEYWORD),
  source: defineSearchAttributeKey('FoyerSource', SearchAttributeType.KEYWORD),
  blockers: defineSearchAttributeKey('FoyerBlockers', SearchAttributeType.KEYWORD_LIST),
};

/** `onboard-client/{agency}/{onboarding}`: the same request is the same workflow, for ever. */
export function onboardingWorkflowId(agencyId: AgencyId, onboardingId: OnboardingId): string {
  return `onboard-client/${agencyId}/${onboardingId}`;
}

/** Ids of the short workflows that carry out one command, e.g. `assign-project/{agency}/{request}`. */
export function commandWorkflowId(command: CommandName, agencyId: AgencyId, requestId: string): string {
  return `${command}/${agencyId}/${requestId}`;
}

export type CommandName =
  | 'create-project'
  | 'assign-project'
  | 'deliver-report'
  | 'update-client'
  | 'edit-client'
  | 'archive-client'
  | 'restore-client'
  | 'merge-clients'
  | 'cancel-offboarding'
  | 'cancel-onboarding'
  | 'erase-client';

export interface OnboardClientInput {
  agencyId: AgencyId;
  onboardingId: OnboardingId;
  source: OnboardingSource;
  actor: Actor;
  onLimit: OnLimit;
  /** The id the client gets, unless its external reference names one that exists. */
  clientId: ClientId;
  client: ClientDetails;
  /** Does a client with the same external reference count as the same client (CRM, import), or is the reference taken? */
  upsert: boolean;
  /** When the CRM's event happened, RFC 3339; null for other sources. */
  crmEventAt: string | null;
  projectId: ProjectId | null;
  /** Take the agency's unassigned project of this domain, if there is exactly one. */
  projectDomain: string | null;
  waiting: WaitingPolicy;
  /** Share the report by itself once nothing is in the way. */
  shareWhenReady?: boolean;
}

export interface OnboardClientResult {
  state: OnboardingState;
  clientId: ClientId | null;
  projectId: ProjectId | null;
  blockers: Blocker[];
}

/** `deliver-mails/{task queue}`: one workflow for all mail that workers of a queue deliver. */
export function mailWorkflowId(taskQueue: string): string {
  return `deliver-mails/${taskQueue}`;
}

export interface DeliverMailsInput {
  /** How often it looks although nobody told it that mail waits. */
  lookAgainMs: number;
}

export const defaultMailDelivery: DeliverMailsInput = { lookAgainMs: 60_000 };

/** Mail waits. A hint; the timer is the guarantee. */
export const mailQueuedSignal = defineSignal('mailQueued');

/** Something that a wait may depend on has changed: look again now. A hint; the timers are the guarantee. */
export const recheckSignal = defineSignal<[{ because: string }]>('recheck');

/** Try a failed undo again, after its cause was cleared. For operations. */
export const retryUndoSignal = defineSignal('retryUndo');

export interface AssignProjectCommand {
  projectId: ProjectId;
  actor: Actor;
}

/** The project a waiting onboarding waits for; moves it from another client where it has one. Rejected unless the onboarding waits for a project. */
export const assignProjectUpdate = defineUpdate<AssignProjectResult, [AssignProjectCommand]>('assignProject');

export type AssignProjectResult = { outcome: 'assigned' } | { outcome: 'refused'; code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' | 'CLIENT_ARCHIVED' | 'NOT_FOUND' };

export interface ShareWhenReadyCommand {
  wanted: boolean;
  actor: Actor;
}

/** Whether the report is to be shared as soon as it may be, asked for or taken back while the onboarding goes on. Rejected once it has ended. */
export const shareWhenReadyUpdate = defineUpdate<void, [ShareWhenReadyCommand]>('shareWhenReady');

/** Undo what was done; answers with the state reached. Rejected once the onboarding has ended. */
export const cancelUpdate = defineUpdate<OnboardingState, [{ actor: Actor }]>('cancel');

/** `share-report/{agency}/{project}`: one at a time for a project, and the next one when it is shared again. */
export function shareReportWorkflowId(agencyId: AgencyId, projectId: ProjectId): string {
  return `share-report/${agencyId}/${projectId}`;
}

export interface ShareReportInput {
  agencyId: AgencyId;
  projectId: ProjectId;
  /** What to begin with where no update came with the start. */
  begin: ShareCommand | null;
  policy: SharingPolicy;
}

export interface ShareReportResult {
  state: RecordedSharingState;
}

export interface ShareCommand {
  actor: Actor;
  /** The client it is meant for: nothing is shared where another one has the project by now. */
  clientId?: ClientId;
  /** When the links end, RFC 3339; null for never; left out, as it is. */
  expiresAt?: string | null;
  /** The same request again is carried out once. */
  requestId: string;
}

export type SharingAnswer = { outcome: 'shared' } | { outcome: 'off' } | { outcome: 'refused'; blocker: Blocker };

/** Verify, make links or find those that are given, look at the page, give them. */
export const shareUpdate = defineUpdate<SharingAnswer, [ShareCommand]>('share');
/** Other links in the place of those that are given. */
export const rotateSharingUpdate = defineUpdate<SharingAnswer, [{ actor: Actor; requestId: string }]>('rotate');
export const switchOffSharingUpdate = defineUpdate<SharingAnswer, [{ actor: Actor }]>('switchOff');
/** `offboard-client/{agency}/{offboarding}`: the same request is the same offboarding. */
export function offboardingWorkflowId(agencyId: AgencyId, offboardingId: OffboardingId): string {
  return `offboard-client/${agencyId}/${offboardingId}`;
}

export interface OffboardClientInput {
  agencyId: AgencyId;
  clientId: ClientId;
  offboardingId: OffboardingId;
  actor: Actor;
  /** When the client leaves, RFC 3339. */
  endsAt: string;
  /** What its contact is told besides. */
  message: string | null;
  policy: OffboardingPolicy;
}

export interface OffboardClientResult {
  state: OffboardingState | 'refused';
  decision: OffboardingDecision;
}

/** What a request to offboard came to; `occupied`: the client leaves already. */
export type OffboardingDecision =
  | { outcome: 'begun' }
  | { outcome: 'occupied'; endsAt: string }
  | { outcome: 'refused'; code: 'NOT_FOUND' | 'CLIENT_ARCHIVED' };

/** Answers once the offboarding has begun or was refused. */
export const offboardingDecisionUpdate = defineUpdate<OffboardingDecision, []>('decision');

/** The client stays; answers with the state reached. Rejected once the offboarding has ended. */
export const cancelOffboardingUpdate = defineUpdate<OffboardingState, [{ actor: Actor }]>('cancelOffboarding');

/** `import-clients/{agency}/{import}`: the same request is the same import. */
export function importWorkflowId(agencyId: AgencyId, importId: ImportId): string {
  return `import-clients/${agencyId}/${importId}`;
}

/** Its rows stand in the record, for they are more than Temporal takes, and personal. */
export interface ImportClientsInput {
  agencyId: AgencyId;
  importId: ImportId;
  policy: ImportPolicy;
  /** Who cancelled it in an earlier run. */
  cancelledBy?: Actor;
}

/** Rows that were not come to are given up; answers then, with the state reached. Rejected once the import has ended. */
export const cancelImportUpdate = defineUpdate<ImportState, [{ actor: Actor }]>('cancelImport');
