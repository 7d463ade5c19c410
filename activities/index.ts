import { activityInfo } from '@temporalio/activity';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { MailTransport } from '../mail/transport.ts';
import type { PdfPress } from '../report/pdf-press.ts';
import { advanceImport } from './advance-import.ts';
import { archiveClient } from './archive-client.ts';
import { assignProject } from './assign-project.ts';
import { beginImport } from './begin-import.ts';
import { beginOffboarding } from './begin-offboarding.ts';
import { cancelOffboarding } from './cancel-offboarding.ts';
import { checkAllowance } from './check-allowance.ts';
import { checkAsOutsider } from './check-as-outsider.ts';
import { chooseShareWhenReady } from './choose-share-when-ready.ts';
import { completeOffboarding } from './complete-offboarding.ts';
import { createAccount } from './create-account.ts';
import { createProject } from './create-project.ts';
import { deliverMails } from './deliver-mails.ts';
import { deliverReport } from './deliver-report.ts';
import { editClient } from './edit-client.ts';
import { endOnboarding } from './end-onboarding.ts';
import { eraseClient } from './erase-client.ts';
import { expireExportPack } from './expire-export-pack.ts';
import { expireSharing } from './expire-sharing.ts';
import { finishImport } from './finish-import.ts';
import { flagForAttention } from './flag-for-attention.ts';
import { forgetExecutions } from './forget-executions.ts';
import { forgetImportRows } from './forget-import-rows.ts';
import { giveUpImportRows } from './give-up-import-rows.ts';
import { lookAtOffboarding } from './look-at-offboarding.ts';
import { lookAtSharing } from './look-at-sharing.ts';
import { makeExportPack } from './make-export-pack.ts';
import { markStalled } from './mark-stalled.ts';
import { mergeClients } from './merge-clients.ts';
import { moveProject } from './move-project.ts';
import { openSharing } from './open-sharing.ts';
import { releaseAllowance } from './release-allowance.ts';
import { releaseProject } from './release-project.ts';
import { remindNotOpened } from './remind-not-opened.ts';
import { remindOfOffboarding } from './remind-of-offboarding.ts';
import { remindOwners } from './remind-owners.ts';
import { removeAccount } from './remove-account.ts';
import { restoreClient } from './restore-client.ts';
import { rotateSharing } from './rotate-sharing.ts';
import { startImportedOnboardings } from './start-imported-onboardings.ts';
import type { StepRun } from './step-run.ts';
import { switchOffSharing } from './switch-off-sharing.ts';
import { switchOnSharing } from './switch-on-sharing.ts';
import { updateClient } from './update-client.ts';
import { verifyStatus } from './verify-status.ts';

/** What activities work with; built once, when the worker starts. */
export interface ActivityDeps {
  db: Kysely<Database>;
  secrets: SecretBox;
  /** Where the pages are that the API shows the outside. */
  checkUrl: string;
  /** Where the outside finds Foyer; links in mail are made from it. */
  publicUrl: string;
  mail: MailTransport;
  pdfs: PdfPress;
}

type Step<Input, Output> = (db: Kysely<Database>, input: Input, run: StepRun) => Promise<Output>;

/** Everything that writes clients, assignments, sharing, reports and onboardings, each one transaction, bound to the worker's database. */
export function createActivities(deps: ActivityDeps) {
  const bind =
    <Input, Output>(step: Step<Input, Output>) =>
    (input: Input): Promise<Output> => {
      const { attempt, scheduledTimestampMs } = activityInfo();
      return step(deps.db, input, { attempt, startedAt: new Date(scheduledTimestampMs) });
    };
  const withDeps =
    <Input, Output>(step: (deps: ActivityDeps, input: Input) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      step(deps, input);
  return {
    createAccount: bind(createAccount),
    checkAllowance: bind(checkAllowance),
    chooseShareWhenReady: bind(chooseShareWhenReady),
    assignProject: bind(assignProject),
    verifyStatus: bind(verifyStatus),
    remindOwners: withDeps(remindOwners),
    markStalled: withDeps(markStalled),
    releaseProject: bind(releaseProject),
    releaseAllowance: bind(releaseAllowance),
    removeAccount: bind(removeAccount),
    endOnboarding: bind(endOnboarding),
    flagForAttention: withDeps(flagForAttention),
    createProject: bind(createProject),
    moveProject: bind(moveProject),
    deliverReport: bind(deliverReport),
    deliverMails: () => deliverMails(deps),
    updateClient: bind(updateClient),
    editClient: bind(editClient),
    archiveClient: bind(archiveClient),
    restoreClient: bind(restoreClient),
    mergeClients: bind(mergeClients),
    openSharing: withDeps(openSharing),
    rotateSharing: withDeps(rotateSharing),
    checkAsOutsider: withDeps(checkAsOutsider),
    switchOnSharing: withDeps(switchOnSharing),
    switchOffSharing: withDeps(switchOffSharing),
    lookAtSharing: withDeps(lookAtSharing),
    expireSharing: withDeps(expireSharing),
    remindNotOpened: withDeps(remindNotOpened),
    beginOffboarding: withDeps(beginOffboarding),
    lookAtOffboarding: bind(lookAtOffboarding),
    remindOfOffboarding: withDeps(remindOfOffboarding),
    makeExportPack: withDeps(makeExportPack),
    completeOffboarding: bind(completeOffboarding),
    cancelOffboarding: withDeps(cancelOffboarding),
    expireExportPack: bind(expireExportPack),
    eraseClient: bind(eraseClient),
    beginImport: bind(beginImport),
    advanceImport: bind(advanceImport),
    startImportedOnboardings: bind(startImportedOnboardings),
    giveUpImportRows: bind(giveUpImportRows),
    finishImport: withDeps(finishImport),
    forgetImportRows: bind(forgetImportRows),
    forgetExecutions,
  };
}

export type Activities = ReturnType<typeof createActivities>;
