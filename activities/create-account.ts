import type { Kysely } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { ClientId, ProjectId } from '../domain/ids.ts';
import { stepNames } from '../domain/onboarding.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { OnboardClientInput } from '../workflows/contract.ts';
import { applyClientDetails, findNamesake } from './client-details.ts';
import {
  type EndedOnboarding,
  endedOnboarding,
  lockOnboarding,
  recordOnboarding,
  recordProgress,
  recordStep,
  skipOpenSteps,
  stepStates,
} from './onboarding-record.ts';
import type { StepRun } from './step-run.ts';

export type CreateAccountInput = Omit<OnboardClientInput, 'waiting' | 'projectDomain'> & { workflowId: string };

export type CreateAccountResult =
  | { outcome: 'created'; clientId: ClientId }
  /** The external reference names a client that exists; it was brought up to date. */
  | { outcome: 'found'; clientId: ClientId }
  | { outcome: 'refused'; code: RefusalCode }
  /** The onboarding had ended before; nothing was done. */
  | EndedOnboarding;

/**
 * Step 1: the client account exists, `pending`. Records the onboarding itself as well, so that both appear together.
 *
 * Idempotent by onboarding: a second run answers what the first one did.
 * Refuses with `CLIENT_NAME_TAKEN`, `EXTERNAL_REFERENCE_TAKEN`, `CLIENT_ARCHIVED`, `PROJECT_BELONGS_TO_ANOTHER_AGENCY`,
 * `PROJECT_ALREADY_ASSIGNED`; a refusal ends the onboarding, for nothing was made yet.
 */
export async function createAccount(db: Kysely<Database>, input: CreateAccountInput, run: StepRun): Promise<CreateAccountResult> {
  return inTenant(db, input.agencyId, async (tx, closing) => {
    const [, onboarding, { create_account: step }, projectRefusal, inserted] = await Promise.all([
      insertOnboarding(tx, input),
      lockOnboarding(tx, input),
      stepStates(tx, input),
      input.projectId ? refuseProject(tx, input, input.projectId) : null,
      insertClient(tx, input),
    ]);
    if (!onboarding) throw new Error(`onboarding ${input.onboardingId} is missing behind its own insert`);
    if (step === 'done' && onboarding.client_id) {
      return { outcome: onboarding.client_created ? 'created' : 'found', clientId: onboarding.client_id };
    }
    if (step !== 'pending') return endedOnboarding(tx, input, onboarding);

    // In this order: whoever made the project free between the two questions lets the client be made.
    const made: Made = inserted ? { outcome: 'created', clientId: input.clientId } : (projectRefusal ?? (await findInstead(tx, input)));
    if (made.outcome === 'refused') {
      const { code } = made;
      closing(
        recordStep(tx, input, { name: 'create_account', state: 'refused', detail: code }, run),
        skipOpenSteps(tx, input),
        recordOnboarding(tx, input, onboarding, { state: 'refused', blockers: [{ code, reason: null }] }),
        recordEvent(tx, { ...about(input), kind: 'onboarding.refused', after: { code } }),
      );
      return made;
    }
    const created = made.outcome === 'created';
    const { clientId } = made;
    closing(
      recordProgress(tx, input, run, {
        from: onboarding,
        step: { name: 'create_account', state: 'done', detail: created ? null : 'the client with this external reference exists' },
        onboarding: { state: 'running', blockers: [], clientId, clientCreated: created, projectId: input.projectId },
        events: [
          { ...about(input), kind: 'onboarding.started', clientId, after: { source: input.source } },
          ...(created ? [{ ...about(input), kind: 'client.created', clientId, after: { name: input.client.name } } as const] : []),
        ],
      }),
    );
    return made;
  });
}

const about = ({ agencyId, onboardingId, actor }: CreateAccountInput) => ({ agencyId, onboardingId, actor });

/** The onboarding and its four steps, all pending; those that are there stay as they are. */
async function insertOnboarding(tx: TenantTransaction, input: CreateAccountInput) {
  const { agencyId, onboardingId } = input;
  await tx
    .with('onboarding', (db) =>
      db
        .insertInto('onboardings')
        .values({
          agency_id: agencyId,
          id: onboardingId,
          workflow_id: input.workflowId,
          source: input.source,
          actor: JSON.stringify(input.actor),
          on_limit: input.onLimit,
          share_when_ready: input.shareWhenReady ?? false,
        })
        .onConflict((conflict) => conflict.columns(['agency_id', 'id']).doNothing()),
    )
    .insertInto('onboarding_steps')
    .values(stepNames.map((name, index) => ({ agency_id: agencyId, onboarding_id: onboardingId, name, position: index + 1 })))
    .onConflict((conflict) => conflict.columns(['agency_id', 'onboarding_id', 'name']).doNothing())
    .execute();
}

async function refuseProject(tx: TenantTransaction, { agencyId }: CreateAccountInput, projectId: ProjectId) {
  const project = await tx.selectFrom('projects').select('client_id').where('agency_id', '=', agencyId).where('id', '=', projectId).executeTakeFirst();
  if (!project) return { outcome: 'refused', code: 'PROJECT_BELONGS_TO_ANOTHER_AGENCY' } as const;
  if (project.client_id) return { outcome: 'refused', code: 'PROJECT_ALREADY_ASSIGNED' } as const;
  return null;
}

type Made = Exclude<CreateAccountResult, { outcome: 'ended' }>;

/** What the request comes to when a client that exists stood in the way of the new one. */
async function findInstead(tx: TenantTransaction, input: CreateAccountInput): Promise<Made> {
  const holder = input.client.externalReference ? await clientByReference(tx, input, input.client.externalReference) : undefined;
  if (!holder) {
    // Whoever stood in the way may have been erased between the two looks; the next attempt then makes the client.
    if (!(await findNamesake(tx, input, input.client.name))) throw new Error('the client that stood in the way has just gone');
    return { outcome: 'refused', code: 'CLIENT_NAME_TAKEN' };
  }
  if (!input.upsert) return { outcome: 'refused', code: 'EXTERNAL_REFERENCE_TAKEN' };
  if (holder.state === 'archived') return { outcome: 'refused', code: 'CLIENT_ARCHIVED' };
  const applied = await applyClientDetails(tx, { ...about(input), clientId: holder.id, details: input.client, at: input.crmEventAt });
  return applied === 'name_taken' ? { outcome: 'refused', code: 'CLIENT_NAME_TAKEN' } : { outcome: 'found', clientId: holder.id };
}

/**
 * Makes the client while the step is to be done and no project stands in the way, so that it can travel with the questions before it. Both unique
 * keys are asked at once: `on conflict do nothing` waits for whoever is making the same client and then gives way.
 */
async function insertClient(tx: TenantTransaction, { agencyId, onboardingId, clientId, client, crmEventAt, projectId }: CreateAccountInput): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('clients')
    .columns(['agency_id', 'id', 'name', 'contact_email', 'external_reference', 'notes', 'state', 'crm_event_at'])
    .expression((db) =>
      db
        .selectFrom('onboarding_steps')
        .select('agency_id')
        .select(({ val }) => [
          val(clientId).as('id'),
          val(client.name).as('name'),
          val(client.contactEmail).as('contact_email'),
          val(client.externalReference).as('external_reference'),
          val(client.notes).as('notes'),
          val('pending').as('state'),
          val(crmEventAt).as('crm_event_at'),
        ])
        .where('agency_id', '=', agencyId)
        .where('onboarding_id', '=', onboardingId)
        .where('name', '=', 'create_account')
        .where('state', '=', 'pending')
        .$if(projectId !== null, (pending) =>
          pending.where(({ exists, selectFrom }) =>
            exists(selectFrom('projects').select('id').where('agency_id', '=', agencyId).where('id', '=', projectId).where('client_id', 'is', null)),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function clientByReference(tx: TenantTransaction, { agencyId }: CreateAccountInput, reference: string) {
  return tx
    .selectFrom('clients')
    .select(['id', 'state'])
    .where('agency_id', '=', agencyId)
    .where('external_reference', '=', reference)
    .forUpdate()
    .executeTakeFirst();
}
