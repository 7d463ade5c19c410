import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import { defaultImportPolicy } from '../domain/import.ts';
import type { WaitingPolicy } from '../domain/waiting.ts';
import { type OnboardClientInput, onboardingWorkflowId } from '../workflows/contract.ts';
import { describeOnboarding } from '../workflows/describe-onboarding.ts';
import { type ImportKey, importActor } from './import-record.ts';

export interface StartImportedOnboardingsInput extends ImportKey {
  waiting: WaitingPolicy;
  /** How long an onboarding may be undecided before it is asked for again; an import of an earlier release does not say. */
  lostAfterMs?: number;
}

/**
 * Starts the onboardings of the rows that run and have none yet, and asks again for those that are long undecided: one that was terminated is started
 * anew, and its steps find what they did. From here and not as children: what a row says of a client is then in that client's own workflow alone, where
 * erasing the client finds it. Idempotent: a row's ids are its own for good, and a second start finds the first.
 */
export async function startImportedOnboardings(
  db: Kysely<Database>,
  { waiting, lostAfterMs = defaultImportPolicy.lostAfterMs, ...key }: StartImportedOnboardingsInput,
): Promise<{ started: number }> {
  const { client, info } = Context.current();
  const inputs = await inTenant(db, key.agencyId, (tx) => onboardingsToStart(tx, key, lostAfterMs));
  const started = await Promise.all(
    inputs.map(async (input) => {
      try {
        await client.workflow.start('onboardClient', {
          taskQueue: info.taskQueue,
          workflowId: onboardingWorkflowId(input.agencyId, input.onboardingId),
          // One that was terminated would leave its row open for ever.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowIdConflictPolicy: 'FAIL',
          args: [{ ...input, waiting }],
          memo: { fingerprint: input.onboardingId, acceptedAt: new Date().toISOString() },
          ...describeOnboarding(input),
        });
        return true;
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        return false;
      }
    }),
  );
  return { started: started.filter(Boolean).length };
}

async function onboardingsToStart(tx: TenantTransaction, key: ImportKey, lostAfterMs: number): Promise<Omit<OnboardClientInput, 'waiting'>[]> {
  const { agencyId, importId } = key;
  const rows = await tx
    .selectFrom('import_rows as row')
    .innerJoin('imports as import', (join) => join.onRef('import.agency_id', '=', 'row.agency_id').onRef('import.id', '=', 'row.import_id'))
    .leftJoin('onboardings as onboarding', (join) => join.onRef('onboarding.agency_id', '=', 'row.agency_id').onRef('onboarding.id', '=', 'row.onboarding_id'))
    .selectAll('row')
    .select(['import.actor', 'import.on_limit'])
    .where('row.agency_id', '=', agencyId)
    .where('row.import_id', '=', importId)
    .where('row.outcome', '=', 'running')
    .where((eb) => eb.or([eb('onboarding.id', 'is', null), eb('onboarding.created_at', '<', sql<Date>`now() - ${lostAfterMs} * interval '1 ms'`)]))
    .orderBy('row.line')
    .execute();
  return rows.map((row) => ({
    agencyId,
    onboardingId: row.onboarding_id,
    clientId: row.new_client_id,
    source: 'import',
    actor: importActor(key, row.actor),
    onLimit: row.on_limit,
    client: { name: row.name ?? '', contactEmail: row.contact_email, externalReference: row.external_reference, notes: row.notes },
    upsert: true,
    crmEventAt: null,
    projectId: null,
    projectDomain: row.domain,
  }));
}
